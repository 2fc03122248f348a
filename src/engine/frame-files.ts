import type { DiskFrame, DiskStretch, FileFrame } from '../abi/frame.ts';
import type { Sector } from '../abi/units.ts';
import type { BlockState } from './machine/block-state.ts';
import { usedRuns } from './machine/blocks.ts';
import type { Kernel } from './machine/kernel.ts';
import { SPACE_FILE, type Space } from './machine/space.ts';

/** More stretches of one file than this could not be told apart in a picture of a whole disk. */
export const STRETCHES_MAX = 64;

/** The files of a disk, each with where it lies. */
export function filesOf(k: Kernel, block: BlockState): DiskFrame['files'] {
  return k.m.spaces
    .filter((space) => space.kind === SPACE_FILE && space.disk === block.id && space.extents.length > 0)
    .map(fileOf);
}

function fileOf(space: Space): FileFrame {
  const { id, name, sizePages, sectorsPerPage } = space;
  const place = placeOf(space);
  return {
    name,
    space: id,
    startSector: place.sector,
    sectors: sizePages * sectorsPerPage,
    placeSectors: place.sectors,
    stretches: joined(stretchesOf(space)),
  };
}

/** All that belongs to the file, from its first sector to its last: the room, where the filesystem chooses its blocks late. */
function placeOf({ blocks, extents, sectorsPerPage }: Space): DiskStretch {
  const sector = extents.reduce((least, extent) => Math.min(least, extent.sector), Infinity);
  const end = extents.reduce((most, extent) => Math.max(most, extent.sector + extent.pages * sectorsPerPage), 0);
  return { sector, sectors: Math.max(end - sector, blocks.room * sectorsPerPage) };
}

/** Where its pages lie, ascending; pages that have no block yet lie nowhere. */
function stretchesOf({ blocks, extents, sectorsPerPage }: Space): readonly DiskStretch[] {
  if (blocks.room > 0) {
    const start = extents[0]!.sector;
    return usedRuns(blocks).map(({ block, pages }) => ({
      sector: start + block * sectorsPerPage,
      sectors: pages * sectorsPerPage,
    }));
  }
  return extents
    .map(({ sector, pages }) => ({ sector, sectors: pages * sectorsPerPage }))
    .sort((a, b) => a.sector - b.sector);
}

/** Joins stretches that touch, and, of more than `most`, those with the least between them. */
export function joined(ascending: readonly DiskStretch[], most = STRETCHES_MAX): readonly DiskStretch[] {
  const gapBefore = (at: number): Sector =>
    ascending[at]!.sector - ascending[at - 1]!.sector - ascending[at - 1]!.sectors;
  const gaps = ascending.map((_, at) => at).filter((at) => at > 0 && gapBefore(at) > 0);
  const kept = gaps.length < most ? gaps : widest(gaps, gapBefore, most - 1);
  return [0, ...kept].slice(0, ascending.length).map((first, nth) => {
    const { sector } = ascending[first]!;
    const last = ascending[(kept[nth] ?? ascending.length) - 1]!;
    return { sector, sectors: last.sector + last.sectors - sector };
  });
}

const widest = (gaps: readonly number[], sizeOf: (at: number) => Sector, count: number): readonly number[] =>
  [...gaps]
    .sort((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, count)
    .sort((a, b) => a - b);
