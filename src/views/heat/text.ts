import type { StallKind } from '../../abi/frame.ts';
import { group } from '../shared/format.ts';
import { digitFloors, digitLines, HEAT_ROWS, type Heat, mostIn, rowText } from '../shared/stall-heat.ts';
import { type Cell, timesOf } from './pick.ts';

export const KIND_NAMES: Readonly<Record<StallKind, string>> = {
  direct: 'direct reclaim',
  memcg: 'memcg reclaim',
  throttled: 'dirty throttling',
};

const stalls = (count: number): string => (count === 1 ? '1 stall' : `${group(count)} stalls`);

/** "A, 12.00 to 12.50 s, 3.2 ms to 10 ms: 3 stalls". */
export function cellText({ machine, row, column }: Cell, heat: Heat): string {
  const { fromNs, toNs } = timesOf(heat, column);
  const count = heat.counts[row * heat.columns + column] ?? 0;
  const time = `${(fromNs / 1e9).toFixed(2)} to ${(toNs / 1e9).toFixed(2)} s`;
  return `${machine}, ${time}, ${rowText(row)}: ${count === 0 ? 'none' : stalls(count)}`;
}

/** The picture in digits, A above B, each line at most 72 characters if the heats have 60 columns. */
export function digitGrid(a: Heat, b: Heat): string {
  const most = mostIn(a, b);
  const { fromNs, toNs } = a.range;
  const times = `${' '.repeat(9)}${(fromNs / 1e9).toFixed(1)}${`${(toNs / 1e9).toFixed(1)} s`.padStart(a.columns - (fromNs / 1e9).toFixed(1).length)}`;
  const floors = digitFloors(most);
  const key = most === 0 ? 'no stall' : `0 none, 1 from 1, 5 from ${floors[4]}, 9 from ${floors[8]} stalls`;
  return ['A', ...digitLines(a, most), 'B', ...digitLines(b, most), times, `${' '.repeat(9)}${key}`].join('\n');
}

/** In two sentences, for the ear. */
export function heatText(a: Heat, b: Heat, kinds: readonly StallKind[]): string {
  const about = kinds.map((kind) => KIND_NAMES[kind]).join(', ');
  return `Stalls of ${about || 'no kind'}. ${machineText('A', a)} ${machineText('B', b)}`;
}

function machineText(machine: string, { counts, columns }: Heat): string {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return `${machine} has none.`;
  let row = HEAT_ROWS - 1;
  while (counts.subarray(row * columns, (row + 1) * columns).every((count) => count === 0)) row--;
  return `${machine} has ${stalls(all)}, the longest ${rowText(row)}.`;
}
