import { expect, test } from 'vitest';
import { SEEK_DEFINITIONS } from '../../store/layout.ts';
import { isSeek } from './seeks.ts';

test.each([
  ['the next sector', 108, 116, []],
  ['a gap of 128', 236, 244, ['any', 'btt']],
  ['a gap of 129', 237, 245, ['any', 'over_128', 'btt']],
  ['far ahead', 5000, 5008, ['any', 'over_128', 'over_800', 'btt']],
  ['ends where the last one began', 92, 100, ['any']],
])('after sectors 100 to 108: %s', (_what, start, end, as) => {
  expect(SEEK_DEFINITIONS.filter((one) => isSeek(one, { start: 100, end: 108 }, { start, end }))).toEqual(as);
});
