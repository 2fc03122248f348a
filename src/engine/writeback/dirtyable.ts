import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ACTIVE_ANON, ACTIVE_FILE, DIRTY_FILE, INACTIVE_ANON, INACTIVE_FILE } from '../machine/lru.ts';

/**
 * determine_dirtyable_memory(): what the dirty ratios are percentages of (R5.4, N18). Not RAM: free pages and what is on
 * the lists, anonymous pages only while a swap slot is free. Isolated pages are missing from it.
 */
export function dirtyableMemory(k: Kernel): Pages {
  const { lengths } = k.lru.zone;
  const file = lengths[INACTIVE_FILE]! + lengths[ACTIVE_FILE]! + lengths[DIRTY_FILE]!;
  const { anonIsDirtyable, reserve } = k.policy.dirtyLimits;
  const anon = anonIsDirtyable && k.swap.freeSlots > 0 ? lengths[INACTIVE_ANON]! + lengths[ACTIVE_ANON]! : 0;
  const { freePages } = k.buddy;
  return Math.max(0, freePages + file + anon - reserve(freePages, k.zone.high)) + 1;
}
