import { assert } from '../abi/errors.ts';
import { inodeList } from './machine/inode-lists.ts';
import type { Kernel } from './machine/kernel.ts';
import { hasBit } from './machine/page-bits.ts';
import { NONE } from './machine/page-table.ts';
import { B_DIRTY, B_IO, B_MORE_IO, CLEAN, isSwapEntry, SPACE_ANON, SPACE_FILE, type Space } from './machine/space.ts';

/** I7, I8, I10, I11: files and their pages agree. */
export function checkFiles(k: Kernel): void {
  checkBdis(k);
  for (const space of k.m.spaces) {
    checkBlocks(space);
    if (space.kind === SPACE_FILE) checkFile(k, space);
    else if (space.kind === SPACE_ANON) checkAnon(k, space);
  }
  checkInodeLists(k);
}

/** I3: BDI_RECLAIMABLE and BDI_WRITEBACK of each disk, swap in neither. */
function checkBdis(k: Kernel): void {
  const { pages } = k;
  const dirty = k.m.bdis.map(() => 0);
  const writeback = k.m.bdis.map(() => 0);
  for (let pfn = 0; pfn < pages.count; pfn++) {
    if (pages.isSwapBacked(pfn) || !(pages.isDirty(pfn) || pages.isUnderWriteback(pfn))) continue;
    const { disk } = k.space(pages.columns.space[pfn]!);
    if (pages.isDirty(pfn)) dirty[disk]!++;
    if (pages.isUnderWriteback(pfn)) writeback[disk]!++;
  }
  for (const [disk, bdi] of k.m.bdis.entries()) {
    assert(
      bdi.reclaimablePages === dirty[disk] && bdi.writebackPages === writeback[disk],
      () =>
        `bdi ${disk} has ${bdi.reclaimablePages} dirty and ${bdi.writebackPages} under writeback, counted ${dirty[disk]} and ${writeback[disk]} (I3)`,
    );
  }
}

function checkFile(k: Kernel, space: Space): void {
  const { pages } = k;
  const { columns } = pages;
  let cached = 0;
  let dirty = 0;
  for (let index = 0; index < space.sizePages; index++) {
    const pfn = space.pageOf[index]!;
    if (pfn === NONE) {
      assert(!hasBit(space.writebackTag, index), () => `${space.name} page ${index} is tagged but not cached (I8)`);
      continue;
    }
    cached++;
    assert(
      columns.space[pfn] === space.id && columns.index[pfn] === index,
      () => `pfn ${pfn} is not page ${index} of ${space.name} (I10)`,
    );
    if (pages.isDirty(pfn)) dirty++;
    assert(
      !pages.isDirty(pfn) || hasBit(space.dirtyTag, index),
      () => `${space.name} page ${index} is dirty without its tag (I8)`,
    );
    assert(
      pages.isUnderWriteback(pfn) === hasBit(space.writebackTag, index),
      () => `${space.name} page ${index}: writeback flag and tag differ (I8)`,
    );
    if (pages.isDirty(pfn) || pages.isUnderWriteback(pfn) || pages.isLocked(pfn) || pages.isPteDirty(pfn)) continue;
    // A clean page is what the disk has; a hole that was never written reads as version 0.
    assert(
      columns.version[pfn] === space.diskVersion[index],
      () =>
        `${space.name} page ${index} is clean at version ${columns.version[pfn]}, the disk has ${space.diskVersion[index]} (I7)`,
    );
  }
  assert(cached === space.nrPages, () => `${space.name} has nrpages ${space.nrPages}, counted ${cached} (I10)`);
  assert(
    dirty === 0 || space.dirtyPages || space.underSync,
    () => `${space.name} has ${dirty} dirty pages and a clean inode (I11)`,
  );
}

/** Delayed allocation: no block holds two pages, and what was ever written has one. */
function checkBlocks({ name, blocks, diskVersion }: Space): void {
  let taken = 0;
  const seen = new Set<number>();
  blocks.of.forEach((block, index) => {
    assert(block !== NONE || diskVersion[index] === 0, () => `${name} page ${index} was written and has no block`);
    if (block === NONE) return;
    taken++;
    assert(
      !seen.has(block) && hasBit(blocks.used, block),
      () => `block ${block} of ${name} is page ${index}'s and another's`,
    );
    seen.add(block);
  });
  assert(taken === blocks.used.count, () => `${name} has ${blocks.used.count} blocks taken, counted ${taken}`);
}

function checkAnon(k: Kernel, space: Space): void {
  let present = 0;
  for (let index = 0; index < space.sizePages; index++) {
    const entry = space.pageOf[index]!;
    if (entry === NONE || isSwapEntry(entry)) continue;
    present++;
    assert(
      k.pages.columns.space[entry] === space.id && k.pages.isMapped(entry),
      () => `pfn ${entry} is not page ${index} of ${space.name} (I10)`,
    );
  }
  assert(present === space.nrPages, () => `${space.name} has ${space.nrPages} pages, counted ${present} (I10)`);
}

/** I11: an inode is on exactly the list it says, and b_dirty is sorted by dirtied_when. */
function checkInodeLists(k: Kernel): void {
  const seen = new Set<number>();
  for (const wb of k.m.wbs) {
    for (const list of [B_DIRTY, B_IO, B_MORE_IO]) {
      for (const id of inodeList(wb, list)!) {
        assert(
          !seen.has(id) && k.m.spaces[id]!.list === list && k.m.spaces[id]!.wb === wb.id,
          () => `inode ${id} on list ${list} says ${k.m.spaces[id]!.list} (I11)`,
        );
        seen.add(id);
      }
    }
    checkSorted(k, wb.bDirty);
  }
  for (const space of k.m.spaces)
    assert((space.list !== CLEAN) === seen.has(space.id), () => `inode ${space.id} is lost (I11)`);
}

function checkSorted(k: Kernel, bDirty: readonly number[]): void {
  for (let at = 1; at < bDirty.length; at++) {
    const newer = k.m.spaces[bDirty[at - 1]!]!;
    const older = k.m.spaces[bDirty[at]!]!;
    assert(newer.dirtiedWhenNs >= older.dirtiedWhenNs, () => `b_dirty is out of order at inode ${older.id} (I11)`);
  }
}
