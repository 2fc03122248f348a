import type { Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import { createLruSet, type LruSet } from './lru.ts';
import type { Task } from './task.ts';

/** mem_cgroup.c CHARGE_SIZE and MEM_CGROUP_RECLAIM_RETRIES (model.md R6.4). */
export const CHARGE_BATCH = 32;
export const RECLAIM_RETRIES = 5;

/** A memory cgroup. Number 0 is the root: counters only, no list, no limit (R6.1). */
export interface Memcg {
  readonly id: number;
  readonly name: string;
  limitPages: Pages;
  /** res_counter usage: charged pages plus the stocks (R6.4, I12). */
  usagePages: Pages;
  /** Pages charged to the group: usage minus stocks. */
  chargedPages: Pages;
  failcnt: number;
  readonly lru: LruSet;
  /** An OOM killer is at work in this group (R6.7). */
  oomLocked: boolean;
}

export function createMemcg(id: number, name: string, limitPages: Pages): Memcg {
  return { id, name, limitPages, usagePages: 0, chargedPages: 0, failcnt: 0, lru: createLruSet(), oomLocked: false };
}

/** res_counter_charge(): all or nothing. */
export function tryCharge(memcg: Memcg, pages: Pages): boolean {
  if (memcg.usagePages + pages > memcg.limitPages) {
    memcg.failcnt++;
    return false;
  }
  memcg.usagePages += pages;
  return true;
}

/** mem_cgroup_uncharge_page() and _cache_page(): the charge is released exactly once (R6.8, I12). */
export function unchargePage(k: Kernel, pfn: Pfn): void {
  const { memcg: owners } = k.pages.columns;
  const id = owners[pfn]!;
  if (id === 0) return;
  k.lru.leaveMemcg(pfn);
  owners[pfn] = 0;
  const memcg = k.m.memcgs[id]!;
  memcg.usagePages--;
  memcg.chargedPages--;
}

/** A task's charge stock goes back to its group's usage. */
export function drainStock(k: Kernel, t: Task): void {
  if (t.stockPages === 0) return;
  k.m.memcgs[t.memcg]!.usagePages -= t.stockPages;
  t.stockPages = 0;
}
