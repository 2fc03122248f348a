import type { Ns, Pages, Pfn } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import { createLruSet, type LruSet } from './lru.ts';
import type { Task } from './task.ts';
import { VM } from './vmstat.ts';
import { WAIT_MEMCG_KSWAPD, WAIT_MEMCG_OOM } from './waits.ts';

/** mem_cgroup.c CHARGE_SIZE and MEM_CGROUP_RECLAIM_RETRIES (model.md R6.4). */
export const CHARGE_BATCH = 32;
export const RECLAIM_RETRIES = 5;
/** SOFTLIMIT_EVENTS_THRESH: charges and uncharges between two looks at the recorded excess (R6.6), and at the watermarks. */
const SOFTLIMIT_EVENTS = 1024;

/** A memory cgroup as it is made; numbers begin at 1 in the order of the list. */
export interface MemcgSpec {
  readonly name: string;
  readonly limitPages: Pages;
  /** memory.soft_limit_in_bytes; absent: none. */
  readonly softLimitPages?: Pages;
  /** Index, in the list, of the group above, which has use_hierarchy and stands earlier; absent: none accounts for it. */
  readonly parent?: number;
  /** memory.oom_control: nobody is killed, everybody waits (R6.7). */
  readonly oomKillDisable?: boolean;
}

/** A memory cgroup. Number 0 is the root: counters only, no list, no limit (R6.1). */
export interface Memcg {
  /** css_id. */
  readonly id: number;
  readonly name: string;
  /** The group whose usage contains this one's (use_hierarchy); 0: none. */
  readonly parent: number;
  limitPages: Pages;
  softLimitPages: Pages;
  /** res_counter usage: charged pages plus the stocks, of the whole subtree (R6.4, I12). */
  usagePages: Pages;
  /** Pages charged to this very group. */
  chargedPages: Pages;
  /** Its file pages that are PG_dirty, and PG_writeback. The kernels of 2010 do not count them (R6.9). */
  dirtyPages: Pages;
  writebackPages: Pages;
  failcnt: number;
  /** Usage times time, up to usageSinceNs. */
  usageIntegral: number;
  usageSinceNs: Ns;
  /** Accesses by the group's tasks, and time they spent reclaiming at a limit. */
  touchedPages: Pages;
  stalledNs: Ns;
  /** Time that dirtiers were held at this group's dirty limit. */
  throttledNs: Ns;
  readonly lru: LruSet;
  /** Charges and uncharges: MEM_CGROUP_EVENTS. One counter, since one CPU per task is no CPU's. */
  events: number;
  /** usage_in_excess: the key in the soft limit tree, of whenever it was taken last; 0: not in the tree (R6.6). */
  recordedExcess: Pages;
  /** Where the round over the subtree stopped (R6.5). */
  lastScannedChild: number;
  /** In over_bground_dirty_thresh: the flusher was asked for its inodes. */
  overBackground: boolean;
  readonly oomKillDisable: boolean;
  /** Somebody handles an OOM of this group or of one above it (R6.7). */
  oomLocked: boolean;
}

export function createMemcg(id: number, spec: MemcgSpec): Memcg {
  return {
    id,
    name: spec.name,
    parent: spec.parent === undefined ? 0 : spec.parent + 1,
    limitPages: spec.limitPages,
    softLimitPages: spec.softLimitPages ?? Infinity,
    usagePages: 0,
    chargedPages: 0,
    dirtyPages: 0,
    writebackPages: 0,
    failcnt: 0,
    usageIntegral: 0,
    usageSinceNs: 0,
    touchedPages: 0,
    stalledNs: 0,
    throttledNs: 0,
    lru: createLruSet(),
    events: 0,
    recordedExcess: 0,
    lastScannedChild: 0,
    overBackground: false,
    oomKillDisable: spec.oomKillDisable ?? false,
    oomLocked: false,
  };
}

/** css_is_ancestor(): the group lies in the subtree of `root`, or is it. */
export function isInSubtree(memcgs: readonly Memcg[], id: number, root: number): boolean {
  let at = id;
  while (at !== root && at !== 0) at = memcgs[at]!.parent;
  return at === root;
}

/**
 * res_counter_charge() of a group and what lies above it: all or nothing. Answers 0, or the number of the group whose limit
 * refused: mem_over_limit.
 */
export function tryCharge(k: Kernel, id: number, pages: Pages): number {
  const { memcgs } = k.m;
  for (let at = id; at !== 0; at = memcgs[at]!.parent) {
    const memcg = memcgs[at]!;
    if (memcg.usagePages + pages > memcg.limitPages) {
      memcg.failcnt++;
      for (let below = id; below !== at; below = memcgs[below]!.parent) addUsage(k, memcgs[below]!, -pages);
      return at;
    }
    addUsage(k, memcg, pages);
  }
  return 0;
}

function addUsage(k: Kernel, memcg: Memcg, pages: Pages): void {
  memcg.usageIntegral += memcg.usagePages * (k.nowNs - memcg.usageSinceNs);
  memcg.usageSinceNs = k.nowNs;
  memcg.usagePages += pages;
}

function uncharge(k: Kernel, id: number, pages: Pages): void {
  const { memcgs } = k.m;
  for (let at = id; at !== 0; at = memcgs[at]!.parent) addUsage(k, memcgs[at]!, -pages);
}

/** __mem_cgroup_commit_charge(): a page that was charged for becomes the group's. */
export function commitCharge(k: Kernel, pfn: Pfn, id: number): void {
  k.pages.columns.memcg[pfn] = id;
  noteEvent(k, id);
}

/** mem_cgroup_uncharge_page() and _cache_page(): the charge is released exactly once (R6.8, I12). */
export function unchargePage(k: Kernel, pfn: Pfn): void {
  const { memcg: owners } = k.pages.columns;
  const id = owners[pfn]!;
  if (id === 0) return;
  k.lru.leaveMemcg(pfn);
  owners[pfn] = 0;
  uncharge(k, id, 1);
  k.m.memcgs[id]!.chargedPages--;
  noteEvent(k, id);
}

/** memcg_check_events(). */
function noteEvent(k: Kernel, id: number): void {
  if (++k.m.memcgs[id]!.events % SOFTLIMIT_EVENTS !== 0) return;
  updateTree(k, id);
  if (k.policy.memcgCleaner.hasKswapd && isOverLowWmark(k, id)) k.sched.wakeAll(WAIT_MEMCG_KSWAPD, id);
}

/** Not mem_cgroup_watermark_ok(CHARGE_WMARK_LOW): the group's kswapd is wanted. A distance of 0 turns it off. */
function isOverLowWmark(k: Kernel, id: number): boolean {
  const { usagePages, limitPages } = k.m.memcgs[id]!;
  const { memcgLowWmarkDistance } = k.sysctl;
  return memcgLowWmarkDistance > 0 && usagePages >= limitPages - memcgLowWmarkDistance;
}

/** mem_cgroup_watermark_ok(CHARGE_WMARK_HIGH): the group's kswapd may stop. */
export function isBelowHighWmark(k: Kernel, id: number): boolean {
  const { usagePages, limitPages } = k.m.memcgs[id]!;
  return usagePages < limitPages - k.sysctl.memcgHighWmarkDistance;
}

/** mem_cgroup_update_tree(): the group and those above it get the key they deserve now. */
function updateTree(k: Kernel, id: number): void {
  const { memcgs } = k.m;
  for (let at = id; at !== 0; at = memcgs[at]!.parent) memcgs[at]!.recordedExcess = softLimitExcess(memcgs[at]!);
}

/** res_counter_soft_limit_excess(). */
export function softLimitExcess(memcg: Memcg): Pages {
  return Math.max(0, memcg.usagePages - memcg.softLimitPages);
}

/** mem_cgroup_oom_lock(): the whole subtree, or nothing if somebody has part of it (R6.7). */
export function lockOom(k: Kernel, root: number): boolean {
  const tree = k.m.memcgs.filter(({ id }) => isInSubtree(k.m.memcgs, id, root));
  if (tree.some(({ oomLocked }) => oomLocked)) return false;
  for (const memcg of tree) memcg.oomLocked = true;
  return true;
}

/** mem_cgroup_oom_unlock() and memcg_wakeup_oom(). */
export function unlockOom(k: Kernel, root: number): void {
  for (const memcg of k.m.memcgs) if (isInSubtree(k.m.memcgs, memcg.id, root)) memcg.oomLocked = false;
  wakeOom(k, root);
}

/** memcg_oom_recover(): after the uncharges of an exit or a truncation; page by page, as reclaim does it, wakes nobody. */
export function recoverFromOom(k: Kernel, id: number): void {
  if (k.m.memcgs[id]!.oomLocked) wakeOom(k, id);
}

/** Whoever waits for the group, for one above it or for one below it. */
function wakeOom(k: Kernel, id: number): void {
  const { memcgs } = k.m;
  for (const memcg of memcgs)
    if (isInSubtree(memcgs, memcg.id, id) || isInSubtree(memcgs, id, memcg.id))
      k.sched.wakeAll(WAIT_MEMCG_OOM, memcg.id);
}

/** Accesses by a task: counted for the machine and for its group. */
export function noteTouch(k: Kernel, t: Task, times = 1): void {
  k.vm[VM.pages_touched]! += times;
  if (t.memcg !== 0) k.m.memcgs[t.memcg]!.touchedPages += times;
}

/** A task's charge stock goes back to its group's usage. */
export function drainStock(k: Kernel, t: Task): void {
  if (t.stockPages === 0) return;
  uncharge(k, t.memcg, t.stockPages);
  t.stockPages = 0;
}

/** drain_all_stock_async(), without the workqueue's delay: every CPU's stock, whatever group it is of (R6.5). */
export function drainAllStock(k: Kernel): void {
  for (const thread of k.sim.threads) drainStock(k, thread as Task);
}
