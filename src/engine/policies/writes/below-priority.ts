import type { Writes } from '../../machine/policy/writes.ts';

/** Only when the scan has become urgent: at a priority below policy.write_below_priority. */
export const belowPriority = {
  id: 'below-priority',
  label: 'only below a priority',
  source:
    'Linux 3.2 mm/vmscan.c shrink_page_list() for kswapd and file pages: priority < DEF_PRIORITY - 2; model.md §9.2',
  ever: true,
  now: (priority, _seenBefore, below) => priority < below,
} as const satisfies Writes;
