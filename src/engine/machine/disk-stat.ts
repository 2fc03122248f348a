/** What a disk's queue counts about it, as one column of doubles: the kernel's disk_stats, and the drive's own times. */
const NAMES = [
  'read_requests',
  'write_requests',
  'sectors',
  'merges',
  'busy_ns',
  'seek_ns',
  'rotate_ns',
  'transfer_ns',
  'seeks_any',
  'seeks_over_128',
  'seeks_over_800',
] as const;

/** Row of each figure in the column. */
export const DISK_STAT = Object.fromEntries(NAMES.map((name, row) => [name, row])) as Readonly<
  Record<(typeof NAMES)[number], number>
>;

export function createDiskStat(): Float64Array {
  return new Float64Array(NAMES.length);
}
