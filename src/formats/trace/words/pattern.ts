import type { Word } from '../values.ts';

/** A pattern whose groups are fields, in order. A group that takes no part is left out. */
export interface WordPattern {
  readonly pattern: RegExp;
  readonly names: readonly (string | readonly [name: string, as: Word['as']])[];
}

/** The words of the first pattern that fits the whole text; undefined where none does. Patterns carry the flag d. */
export function wordsByPattern(text: string, patterns: readonly WordPattern[]): Word[] | undefined {
  for (const { pattern, names } of patterns) {
    const places = pattern.exec(text)?.indices;
    if (!places) continue;
    return names.flatMap((field, row) => {
      const place = places[row + 1];
      const [name, as] = typeof field === 'string' ? [field, undefined] : field;
      return place ? [{ name, as, start: place[0], end: place[1] }] : [];
    });
  }
  return undefined;
}
