import type { Isolation } from '../../machine/policy/lumpy.ts';

/** What was asked for, in one go. */
export const once = {
  id: 'once',
  label: 'what is asked for, once',
  source: 'v2.6.36 mm/vmscan.c shrink_inactive_list(): nr_to_scan; model.md §9.1 (R3.15 gone)',
  atOnce: (asked) => asked,
  repeats: false,
} as const satisfies Isolation;
