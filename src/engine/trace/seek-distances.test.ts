import { expect, test } from 'vitest';
import { SeekDistances } from './seek-distances.ts';

test.each([
  ['the next sector', 108, 8, 0],
  ['a gap ahead', 300, 8, 192],
  ['inside', 102, 2, 0],
  ['ends where the last one began: the way down the disk is no seek', 92, 8, 0],
  ['reaches into the last one', 96, 8, 0],
  ['before the last one, from start to start', 40, 8, 60],
])('R7.11 btt after sectors 100 to 108: %s', (_what, start, sectors, distance) => {
  const seeks = new SeekDistances();
  seeks.note(1, 100, 8);
  const [seeksBefore, sectorsBefore] = [seeks.seeksOf(1), seeks.sectorsOf(1)];
  seeks.note(0, 5000, 8); // another disk
  seeks.note(1, start, sectors);
  expect([seeks.seeksOf(1) - seeksBefore, seeks.sectorsOf(1) - sectorsBefore]).toEqual([
    distance > 0 ? 1 : 0,
    distance,
  ]);
});
