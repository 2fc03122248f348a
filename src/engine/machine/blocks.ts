import { broken } from '../../abi/errors.ts';
import type { Pages } from '../../abi/units.ts';
import { clearBit, createPageBits, hasBit, nextBit, type PageBits, setBit } from './page-bits.ts';
import { NONE } from './page-table.ts';

/**
 * Where the pages of a file lie, if the filesystem chooses that when it first writes them (delayed allocation). A block holds
 * one page; numbers count from the start of the file's room on the disk. A file whose place is fixed has an empty record.
 */
export interface Blocks {
  /** Block per page of the file, or NONE: not allocated. */
  readonly of: Int32Array;
  /** Blocks of the room that are taken. */
  readonly used: PageBits;
  readonly room: Pages;
  /** Behind the last block that was handed out. */
  cursor: Pages;
}

/** `room` 0: the file lies where its extents say. A file with content was written from front to back. */
export function createBlocks(sizePages: Pages, room: Pages, hasContent: boolean): Blocks {
  const pages = room === 0 ? 0 : sizePages;
  const blocks: Blocks = { of: new Int32Array(pages).fill(NONE), used: createPageBits(room), room, cursor: 0 };
  if (hasContent && pages > 0) takeBlocks(blocks, 0, pages, 0);
  return blocks;
}

/**
 * Gives the pages from `first` on blocks: in one run at or behind `goal` if there is one, else in one run anywhere, else in
 * smaller ones.
 */
export function allocateBlocks(blocks: Blocks, first: Pages, pages: Pages, goal: Pages): void {
  const end = first + pages;
  for (let at = first, take = pages; at < end; ) {
    take = Math.min(take, end - at);
    let block = findRun(blocks, goal, take);
    if (block === NONE) block = findRun(blocks, 0, take);
    if (block === NONE) {
      if (take === 1) broken('no block left for page #', at);
      take = take >> 1;
      continue;
    }
    takeBlocks(blocks, at, take, block);
    at += take;
  }
}

function takeBlocks(blocks: Blocks, first: Pages, pages: Pages, block: Pages): void {
  for (let at = 0; at < pages; at++) {
    blocks.of[first + at] = block + at;
    setBit(blocks.used, block + at);
  }
  blocks.cursor = block + pages;
}

/** Takes the blocks away from the pages from `first` on: truncated, or about to be written elsewhere. */
export function releaseBlocks(blocks: Blocks, first: Pages, pages: Pages): void {
  const { of, used } = blocks;
  const end = Math.min(of.length, first + pages);
  for (let at = first; at < end; at++) {
    if (of[at] === NONE) continue;
    clearBit(used, of[at]!);
    of[at] = NONE;
  }
}

/** Pages from `index` on whose blocks follow each other, at most `most`. */
export function contiguousBlocks({ of }: Blocks, index: Pages, most: Pages): Pages {
  const end = Math.min(of.length, index + most);
  let at = index + 1;
  while (at < end && of[at] === of[at - 1]! + 1) at++;
  return at - index;
}

/** The taken blocks of the room in runs, from the front. */
export function usedRuns({ used, room }: Blocks): readonly { readonly block: Pages; readonly pages: Pages }[] {
  const runs: { block: Pages; pages: Pages }[] = [];
  for (let block = nextBit(used, 0); block >= 0; ) {
    const end = Math.min(room, firstFree(used, block));
    runs.push({ block, pages: end - block });
    block = nextBit(used, end);
  }
  return runs;
}

function findRun({ used, room }: Blocks, from: Pages, pages: Pages): Pages {
  for (let at = firstFree(used, from); at + pages <= room; ) {
    const taken = nextBit(used, at);
    if (taken < 0 || taken - at >= pages) return at;
    at = firstFree(used, taken);
  }
  return NONE;
}

function firstFree(used: PageBits, from: Pages): Pages {
  let at = from;
  while (hasBit(used, at)) at += (at & 31) === 0 && used.words[at >>> 5] === 0xffffffff ? 32 : 1;
  return at;
}
