import type { RangeLock } from '../../machine/policy/pageout-unit.ts';

/** Lock inversion: two reclaimers in one file each hold a page that the other's range needs. */
export const hold = {
  id: 'hold',
  label: 'held',
  source:
    'what patch 5 avoids ("a lock inversion problem within the filesystem that wants the same page lock held by the VM"); that the held page is written last is assumed; history.md §4.2',
  holdsPageLock: true,
} as const satisfies RangeLock;
