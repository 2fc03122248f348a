import type { Bdi } from '../machine/bdi.ts';
import type { Kernel } from '../machine/kernel.ts';
import { VM } from '../machine/vmstat.ts';
import type { Wb } from '../machine/wb.ts';
import type { DirtyState } from './dirty-rate.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { type DirtyLimits, isOverBackground, percent } from './limits.ts';
import { memcgRoom } from './memcg-dirty.ts';
import { bdiShare } from './shares.ts';

// Cgroup writeback of 4.2 (model.md §9.3): a group has the machine's ratios of what it may hold.

/** The dirty state of a group; undefined where groups have none. */
export function memcgDomain(k: Kernel, id: number, bdi: Bdi): DirtyState | undefined {
  if (id === 0 || !k.policy.memcgCleaner.hasDomain) return undefined;
  const { background, dirty: limit } = domainLimits(k, id);
  const { dirtyPages, writebackPages } = k.m.memcgs[id]!;
  const pages = dirtyPages + writebackPages;
  return { bdi, isGlobal: false, background, limit, dirty: pages, bdiDirty: pages, bdiLimit: bdiShare(k, bdi, limit) };
}

/** domain_dirty_limits() of mem_cgroup_wb_stats(): file pages and room to its limit, and no more than is clean in all (mdtc_cap_avail()). */
export function domainLimits(k: Kernel, id: number): DirtyLimits {
  const clean = Math.max(0, dirtyableMemory(k) - k.vm[VM.nr_file_dirty]! - k.vm[VM.nr_writeback]!);
  const available = Math.min(memcgRoom(k, id, false), clean);
  const dirty = percent(available, k.sysctl.dirtyRatio);
  const background = percent(available, k.sysctl.dirtyBackgroundRatio);
  return { dirty, background: background >= dirty ? dirty >> 1 : background };
}

/** wb_over_bg_thresh(): of the machine, or of the flusher's group. */
export function isWbOverBackground(k: Kernel, { disk, memcg }: Wb): boolean {
  if (isOverBackground(k, k.m.bdis[disk]!)) return true;
  if (memcg === 0 || !k.policy.memcgCleaner.hasDomain) return false;
  return k.m.memcgs[memcg]!.dirtyPages > domainLimits(k, memcg).background;
}
