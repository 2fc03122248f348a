import { delta, short } from '../shared/format.ts';
import type { NamedRow } from '../shared/result-rows.ts';

/** Slow enough to be read, fast enough to be seen moving. */
export const EVERY_MS = 250;

export interface Row {
  readonly name: string;
  readonly label: string;
  readonly a: string;
  readonly b: string;
  readonly delta: string;
  readonly deltaWords: string;
}

const shown = (value: number): string => (Number.isNaN(value) ? '–' : short(Math.round(value * 100) / 100));

/** A row of the table; undefined where neither run can have the number. */
export function rowOf(name: string, label: string, unit: string, a: number, b: number): Row | undefined {
  if (Number.isNaN(a) && Number.isNaN(b)) return undefined;
  const change = Number.isNaN(a) || Number.isNaN(b) ? { text: '', words: 'no comparison' } : delta(a, b, unit);
  return { name, label, a: shown(a), b: shown(b), delta: change.text, deltaWords: change.words };
}

const STALLS: readonly NamedRow[] = [
  { name: 'direct_stall_s', label: 'direct stall, s' },
  { name: 'memcg_stall_s', label: 'memcg stall, s' },
  { name: 'throttled_s', label: 'throttled, s' },
];

/** What tasks waited for longest, where only one wait can be told; direct reclaim while nobody has waited. */
export const longestStall = (waitedS: (name: string) => number): NamedRow =>
  STALLS.reduce((most, row) => (waitedS(row.name) > waitedS(most.name) ? row : most));
