import { GFP_MOVABLE, GFP_RECLAIMABLE } from './gfp.ts';

// Migrate types of include/linux/mmzone.h (R2.1). ISOLATE is not modelled: nothing is unplugged here.
/** Kernel objects: they stay where they are. */
export const UNMOVABLE = 0;
/** Kernel objects that reclaim can free: inodes and dentries. */
export const RECLAIMABLE = 1;
/** Page cache and anonymous memory (R2.6). */
export const MOVABLE = 2;
/** A few pageblocks kept for whoever has nothing else (R2.5). */
export const RESERVE = 3;
export const NR_TYPES = 4;

/** From whom a type takes when its own lists are empty, best first; RESERVE comes after all of them (R2.4). */
export const FALLBACKS: readonly (readonly number[])[] = [
  [RECLAIMABLE, MOVABLE],
  [UNMOVABLE, MOVABLE],
  [RECLAIMABLE, UNMOVABLE],
  [],
];

/** allocflags_to_migratetype(). */
export function migrateTypeOf(gfp: number): number {
  if ((gfp & GFP_MOVABLE) !== 0) return MOVABLE;
  return (gfp & GFP_RECLAIMABLE) !== 0 ? RECLAIMABLE : UNMOVABLE;
}
