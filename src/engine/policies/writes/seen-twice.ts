import type { Writes } from '../../machine/policy/writes.ts';

/** Only a page that has been skipped before: it has made a lap dirty already and nobody has cleaned it. */
export const seenTwice = {
  id: 'seen-twice',
  label: 'only pages seen twice',
  source:
    'commit of 2017 (history.md §1.5): kswapd writes a dirty file page only if the scanner has seen it twice; here by its laps, the kernel goes by PG_reclaim; model.md §9.4',
  ever: true,
  now: (_priority, seenBefore) => seenBefore,
} as const satisfies Writes;
