import { ACTORS } from '../../abi/actor.ts';

// What is counted from the start of the trace, as rows of one column of doubles, so that a checkpoint is one copy.

/** Names with so many rows each: one for each actor, or one. */
const WIDTHS = {
  scanned: ACTORS.length,
  reclaimed: ACTORS.length,
  /** Four per actor: file and anon, each async and sync. */
  written: 4 * ACTORS.length,
  softScanned: 1,
  softReclaimed: 1,
  directReclaims: 1,
  directNs: 1,
  memcgReclaims: 1,
  memcgNs: 1,
  softReclaims: 1,
  wakeRequests: 1,
  wakes: 1,
  wakeups: 1,
  awakeNs: 1,
  deactivated: 1,
  throttledNs: 1,
  dirtied: 1,
  reads: 1,
  writes: 1,
  sectors: 1,
  writeRequests: ACTORS.length,
  writtenSectors: ACTORS.length,
  merges: 1,
  busyNs: 1,
  seeks: 1,
  seeksOver128: 1,
  seeksOver800: 1,
  seeksBtt: 1,
  sectorsBtt: 1,
  /** As the last event that tells them had them. */
  dirtyPages: 1,
  writebackPages: 1,
  backgroundThresh: 1,
  dirtyThresh: 1,
  priority: 1,
} as const;
export type SumName = keyof typeof WIDTHS;

let rows = 0;
/** First row of each. */
export const SUM = Object.fromEntries(
  Object.entries(WIDTHS).map(([name, width]) => {
    rows += width;
    return [name, rows - width];
  }),
) as Readonly<Record<SumName, number>>;
const GAUGES: readonly SumName[] = ['dirtyPages', 'writebackPages', 'backgroundThresh', 'dirtyThresh', 'priority'];

export function createSums(): Float64Array {
  const sums = new Float64Array(rows);
  for (const name of GAUGES) sums[SUM[name]] = Number.NaN;
  return sums;
}
