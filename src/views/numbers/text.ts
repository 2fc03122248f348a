import { delta, short } from '../shared/format.ts';

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
