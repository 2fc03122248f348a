import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE } from '../machine/lru.ts';
import { isInSubtree, type Memcg } from '../machine/memcg.ts';
import { MANY_MEMCGS, type Space } from '../machine/space.ts';
import type { WritebackControl } from '../machine/task.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { type DirtyLimits, percent } from './limits.ts';

// Dirty limits per memory cgroup: "memcg: per cgroup dirty page limiting" v9 (history.md §5.2). All figures are of the subtree.

/** mem_cgroup_dirty_info(): the group's ratios of what it may hold. */
export function memcgDirtyLimits(k: Kernel, id: number): DirtyLimits {
  const dirtyable = Math.min(dirtyableMemory(k), memcgDirtyable(k, id));
  return {
    background: percent(dirtyable, k.sysctl.memcgDirtyBackgroundRatio),
    dirty: percent(dirtyable, k.sysctl.memcgDirtyRatio),
  };
}

/** MEMCG_NR_DIRTYABLE_PAGES of the subtree: what is on its lists, anonymous pages only while there is swap, and room to its limit. */
function memcgDirtyable(k: Kernel, id: number): Pages {
  const hasSwap = k.swap.freeSlots > 0;
  const { memcgs } = k.m;
  let pages = roomOf(k, id);
  for (const memcg of memcgs) if (isInSubtree(memcgs, memcg.id, id)) pages += lruPages(memcg, hasSwap);
  return pages;
}

/** What a group may hold: its own pages, and what it and all above it may still charge. */
export function memcgRoom(k: Kernel, id: number, withAnon: boolean): Pages {
  return roomOf(k, id) + lruPages(k.m.memcgs[id]!, withAnon);
}

function roomOf(k: Kernel, id: number): Pages {
  const { memcgs } = k.m;
  let room = Infinity;
  for (let at = id; at !== 0; at = memcgs[at]!.parent)
    room = Math.min(room, memcgs[at]!.limitPages - memcgs[at]!.usagePages);
  return room;
}

function lruPages({ lru: { lengths } }: Memcg, withAnon: boolean): Pages {
  const file = lengths[INACTIVE_FILE]! + lengths[ACTIVE_FILE]!;
  return withAnon ? file + lengths[INACTIVE_ANON]! + lengths[ACTIVE_ANON]! : file;
}

/** dirty_info_reclaimable(). */
export function memcgDirtyPages(k: Kernel, id: number): Pages {
  return sumOver(k.m.memcgs, id, ({ dirtyPages }) => dirtyPages);
}

function sumOver(memcgs: readonly Memcg[], root: number, of: (memcg: Memcg) => Pages): Pages {
  let sum = 0;
  for (const memcg of memcgs) if (isInSubtree(memcgs, memcg.id, root)) sum += of(memcg);
  return sum;
}

/** throttle_vm_writeout() of the series: the group, or one above it, has too much under writeback to go on reclaiming. */
export function isMemcgFlooded(k: Kernel, id: number): boolean {
  const { memcgs } = k.m;
  for (let at = id; at !== 0; at = memcgs[at]!.parent) {
    const { dirty } = memcgDirtyLimits(k, at);
    const writeback = sumOver(memcgs, at, ({ writebackPages }) => writebackPages);
    if (writeback > dirty + Math.floor(dirty / 10)) return true;
  }
  return false;
}

/** mem_cgroup_mark_over_bg_thresh(): the group and all below it. */
export function markOverBackground(k: Kernel, id: number): void {
  const { memcgs } = k.m;
  for (const memcg of memcgs) if (isInSubtree(memcgs, memcg.id, id)) memcg.overBackground = true;
}

/** mem_cgroups_over_bground_dirty_thresh(). */
export function isAnyMemcgOverBackground(k: Kernel): boolean {
  return k.m.memcgs.some(({ overBackground }) => overBackground);
}

/** mem_cgroup_writeback_done(): whoever is below its background limit by now, up to the first above it that is not. */
export function endMemcgBackground(k: Kernel): void {
  const { memcgs } = k.m;
  for (const { id, overBackground } of memcgs) {
    if (!overBackground) continue;
    for (let at = id; at !== 0 && !isOverBackgroundLimit(k, at); at = memcgs[at]!.parent)
      memcgs[at]!.overBackground = false;
  }
}

export function isOverBackgroundLimit(k: Kernel, id: number): boolean {
  return memcgDirtyPages(k, id) >= memcgDirtyLimits(k, id).background;
}

/** should_writeback_mem_cgroup_inode(). */
export function shouldWriteback(k: Kernel, space: Space, { memcg, sharedInodes }: WritebackControl): boolean {
  if (space.memcg === MANY_MEMCGS) return sharedInodes;
  if (space.memcg < 0) return false;
  if (memcg !== 0) return isInSubtree(k.m.memcgs, space.memcg, memcg);
  return k.m.memcgs[space.memcg]!.overBackground;
}
