import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import { clearBit, createPageBits, hasBit, setBit } from './page-bits.ts';
import { NO_SPACE } from './page-table.ts';
import type { Space } from './space.ts';
import { VM } from './vmstat.ts';

// What lumpy reclaim throws out against the order of age: pages in use that lay in the block it wanted (E13).

/** A neighbour has been isolated; was it in use? */
export function markIfBystander(k: Kernel, pfn: Pfn): void {
  const { pages } = k;
  if (pages.isActive(pfn) || pages.isReferenced(pfn) || pages.isYoung(pfn)) pages.setBystander(pfn);
}

/** A bystander is about to be freed: its page is remembered until somebody wants it back. */
export function noteThrownOut(k: Kernel, pfn: Pfn): void {
  const { space: spaces, index } = k.pages.columns;
  if (spaces[pfn] === NO_SPACE) return;
  const space = k.space(spaces[pfn]!);
  if (space.thrownOut.count === 0) space.thrownOut = createPageBits(space.sizePages);
  setBit(space.thrownOut, index[pfn]!);
  k.vm[VM.lumpy_bystanders]!++;
}

/** A page is read or faulted in. */
export function noteReturn(k: Kernel, space: Space, index: Pages): void {
  if (space.thrownOut.count === 0 || !hasBit(space.thrownOut, index)) return;
  clearBit(space.thrownOut, index);
  k.vm[VM.lumpy_refaults]!++;
}

/** What the file or the memory held from `fromIndex` on is gone: nobody can miss it. */
export function forgetThrownOut(space: Space, fromIndex: Pages): void {
  if (space.thrownOut.count === 0) return;
  for (let index = fromIndex; index < space.sizePages; index++)
    if (hasBit(space.thrownOut, index)) clearBit(space.thrownOut, index);
}
