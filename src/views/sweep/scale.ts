import type { KnobValue } from '../../abi/knob.ts';

/** Where each value of the knob stands along x: numbers by their size, or its logarithm; anything else side by side. */
export function placesOf(values: readonly KnobValue[], width: number): readonly number[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || values.length < 2)
    return values.map((_, i) => (width * (i + 0.5)) / Math.max(1, values.length));
  const isLog = looksLogarithmic(numbers);
  const along = (value: number) => (isLog ? Math.log(value) : value);
  const low = along(Math.min(...numbers));
  const high = along(Math.max(...numbers));
  return numbers.map((value) => (width * (along(value) - low)) / Math.max(high - low, Number.MIN_VALUE));
}

/** More than a decade, and no zero: nobody could tell the small values apart on a linear axis. */
function looksLogarithmic(values: readonly number[]): boolean {
  const low = Math.min(...values);
  return low > 0 && Math.max(...values) / low > 10;
}

/** Which places get their words, so that no two overlap: the ends first, then what still fits between. */
export function labelled(places: readonly number[], widths: readonly number[], gap: number): readonly number[] {
  const chosen: number[] = [];
  const fits = (i: number) =>
    chosen.every((j) => Math.abs(places[i]! - places[j]!) >= (widths[i]! + widths[j]!) / 2 + gap);
  const order = [0, places.length - 1, ...places.keys()];
  for (const i of order) if (i >= 0 && !chosen.includes(i) && fits(i)) chosen.push(i);
  return chosen.sort((a, b) => a - b);
}
