/** How 2.6.36 prints the flag fields of its events: include/trace/events/gfpflags.h and vmscan.h. */
type FlagNames = readonly (readonly [mask: number, name: string])[];

/** Largest mask first; a bit that an earlier mask has taken is not named again. __GFP_ is printed as GFP_. */
const GFP_NAMES: FlagNames = [
  [0x200d2 | 0x8, 'GFP_HIGHUSER_MOVABLE'],
  [0x200d2, 'GFP_HIGHUSER'],
  [0x200d0, 'GFP_USER'],
  [0x800d0, 'GFP_TEMPORARY'],
  [0xd0, 'GFP_KERNEL'],
  [0x50, 'GFP_NOFS'],
  [0x20, 'GFP_ATOMIC'],
  [0x10, 'GFP_NOIO'],
  [0x20, 'GFP_HIGH'],
  [0x10, 'GFP_WAIT'],
  [0x40, 'GFP_IO'],
  [0x100, 'GFP_COLD'],
  [0x200, 'GFP_NOWARN'],
  [0x400, 'GFP_REPEAT'],
  [0x800, 'GFP_NOFAIL'],
  [0x1000, 'GFP_NORETRY'],
  [0x4000, 'GFP_COMP'],
  [0x8000, 'GFP_ZERO'],
  [0x10000, 'GFP_NOMEMALLOC'],
  [0x20000, 'GFP_HARDWALL'],
  [0x40000, 'GFP_THISNODE'],
  [0x80000, 'GFP_RECLAIMABLE'],
  [0x8, 'GFP_MOVABLE'],
];

export const RECLAIM_WB_ANON = 1;
export const RECLAIM_WB_FILE = 2;
export const RECLAIM_WB_SYNC = 4;
export const RECLAIM_WB_ASYNC = 8;
const WRITEBACK_NAMES: FlagNames = [
  [RECLAIM_WB_ANON, 'RECLAIM_WB_ANON'],
  [RECLAIM_WB_FILE, 'RECLAIM_WB_FILE'],
  [RECLAIM_WB_SYNC, 'RECLAIM_WB_SYNC'],
  [RECLAIM_WB_ASYNC, 'RECLAIM_WB_ASYNC'],
];

/** enum vmscan_throttle_state of 6.1, in its order. */
export const THROTTLE_REASONS = ['WRITEBACK', 'NOPROGRESS', 'ISOLATED', 'CONGESTED'] as const;

export function gfpText(flags: number): string {
  return flags === 0 ? 'GFP_NOWAIT' : flagsText(flags, GFP_NAMES);
}

export function writebackFlagsText(flags: number): string {
  return flags === 0 ? 'RECLAIM_WB_NONE' : flagsText(flags, WRITEBACK_NAMES);
}

/** The flags that writebackFlagsText() printed; names of later kernels have no bit. */
export function writebackFlagsOf(text: string): number {
  const names = text.split('|');
  return WRITEBACK_NAMES.reduce((flags, [mask, name]) => (names.includes(name) ? flags | mask : flags), 0);
}

/** ftrace_print_flags_seq(): names joined by |, what has none in hexadecimal at the end. */
function flagsText(flags: number, names: FlagNames): string {
  const found: string[] = [];
  let left = flags;
  for (const [mask, name] of names) {
    if ((left & mask) !== mask) continue;
    found.push(name);
    left &= ~mask;
  }
  if (left !== 0) found.push(`0x${left.toString(16)}`);
  return found.join('|');
}
