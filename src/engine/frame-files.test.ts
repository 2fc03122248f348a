import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { joined, STRETCHES_MAX } from './frame-files.ts';
import type { Kernel } from './machine/kernel.ts';
import { NONE } from './machine/page-table.ts';
import { type Space, sectorOf } from './machine/space.ts';
import { boot, SMALL } from './scene-rig.ts';

/** Page by page: the sectors at which pages of the file begin, ascending. */
function pagesOf({ m }: Kernel, row: number): { readonly begins: readonly number[]; readonly space: Space } {
  const space = m.spaces[row]!;
  const begins: number[] = [];
  for (let index = 0; index < space.sizePages; index++)
    if (space.blocks.room === 0 || space.blocks.of[index] !== NONE) begins.push(sectorOf(space, index));
  return { begins: begins.sort((a, b) => a - b), space };
}

test.each([
  { filesystem: 'ext3', untilNs: 0.5 * S, pieces: 1 },
  { filesystem: 'ext4', untilNs: 3 * S, pieces: 10 },
  { filesystem: 'btrfs', untilNs: 12 * S, pieces: STRETCHES_MAX },
])('$filesystem: the stretches of each file are those of its pages', ({ filesystem, untilNs, pieces: most }) => {
  const engine = boot(seekyVsRange, {
    kernel: 'v2.6.35-rc2',
    knobs: { ...SMALL.knobs, 'machine.filesystem': filesystem },
  });
  let seen = 0;
  for (const atNs of [untilNs / 2, untilNs]) {
    engine.advance(atNs);
    for (const { space: row, startSector, sectors, placeSectors, stretches } of engine.takeAdvance().frame.disk.files) {
      const { begins, space } = pagesOf(engine.kernel, row);
      const per = space.sectorsPerPage;
      seen = Math.max(seen, stretches.length);
      expect(sectors).toBe(space.sizePages * per);
      expect(stretches.length).toBeLessThanOrEqual(STRETCHES_MAX);
      const sum = stretches.reduce((all, one) => all + one.sectors, 0);
      const pieces = begins.filter((sector, at) => at === 0 || sector !== begins[at - 1]! + per);
      if (pieces.length <= STRETCHES_MAX) {
        expect(stretches.map(({ sector }) => sector)).toEqual(pieces);
        expect(sum).toBe(begins.length * per);
      }
      if (space.blocks.room === 0) expect(sum).toBe(sectors);
      const within = (sector: number) =>
        stretches.some((one) => sector >= one.sector && sector + per <= one.sector + one.sectors);
      expect(begins.every(within)).toBe(true);
      if (begins.length === 0) continue;
      expect(begins[0]).toBeGreaterThanOrEqual(startSector);
      expect(begins.at(-1)! + per).toBeLessThanOrEqual(startSector + placeSectors);
    }
  }
  expect(seen).toBeGreaterThanOrEqual(most);
});

test('stretches that touch are one; of too many the nearest are joined', () => {
  const at = (...list: readonly (readonly [sector: number, sectors: number])[]) =>
    list.map(([sector, sectors]) => ({ sector, sectors }));
  expect(joined([])).toEqual([]);
  expect(joined(at([0, 8], [8, 8], [24, 8]))).toEqual(at([0, 16], [24, 8]));
  expect(joined(at([0, 8], [16, 8], [40, 8], [56, 8]), 2)).toEqual(at([0, 24], [40, 24]));
  expect(joined(at([0, 8], [16, 8], [40, 8], [56, 8]), 3)).toHaveLength(3);
});
