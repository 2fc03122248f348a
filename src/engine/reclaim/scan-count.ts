import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import {
  ACTIVE_ANON,
  ACTIVE_FILE,
  ANON,
  DIRTY_FILE,
  FILE,
  INACTIVE_ANON,
  INACTIVE_FILE,
  type LruSet,
} from '../machine/lru.ts';
import type { Fraction } from '../machine/policy/scanning.ts';
import type { ScanControl } from '../machine/task.ts';
import { SWAP_CLUSTER_MAX } from './limits.ts';

/** The lists a reclaimer works on: the zone's, or its memcg's (scanning_global_lru(), R6.2). */
export function lruSetOf(k: Kernel, sc: ScanControl): LruSet {
  return sc.memcg === 0 ? k.zone.lru : k.m.memcgs[sc.memcg]!.lru;
}

/**
 * How many pages of [inactive anon, active anon, inactive file, active file] to scan at this priority.
 * vmscan.c get_scan_count(), nr_scan_try_batch(): model.md R3.18, R3.19. What does not make 32 waits in set.savedScan.
 */
export function getScanCount(k: Kernel, set: LruSet, sc: ScanControl): Pages[] {
  const noswap = !sc.maySwap || k.swap.freeSlots <= 0;
  const { anon, file, denominator } = fractionOf(k, set, sc, noswap);
  const counts = [0, 0, 0, 0];
  for (let list = INACTIVE_ANON; list <= ACTIVE_FILE; list++) {
    let scan = set.lengths[list]!;
    if (sc.priority > 0 || noswap) {
      scan = Math.floor(((scan >> sc.priority) * (list <= ACTIVE_ANON ? anon : file)) / denominator);
    }
    const saved = set.savedScan[list]! + scan;
    if (saved >= SWAP_CLUSTER_MAX) counts[list] = saved;
    set.savedScan[list] = saved >= SWAP_CLUSTER_MAX ? 0 : saved;
  }
  return counts;
}

function fractionOf(k: Kernel, set: LruSet, sc: ScanControl, noswap: boolean): Fraction {
  if (noswap) return { anon: 0, file: 1, denominator: 1 };
  const anonPages = set.lengths[INACTIVE_ANON]! + set.lengths[ACTIVE_ANON]!;
  const filePages = set.lengths[INACTIVE_FILE]! + set.lengths[ACTIVE_FILE]! + set.lengths[DIRTY_FILE]!;
  // With hardly any file pages left the scan would only churn the last of them.
  if (sc.memcg === 0 && filePages + k.buddy.freePages <= k.zone.high) return { anon: 1, file: 0, denominator: 1 };
  decay(set, ANON, anonPages);
  decay(set, FILE, filePages);
  const { swappiness } = k.sysctl;
  const anon = Math.floor(((swappiness + 1) * (set.recentScanned[ANON]! + 1)) / (set.recentRotated[ANON]! + 1));
  const file = Math.floor(((200 - swappiness + 1) * (set.recentScanned[FILE]! + 1)) / (set.recentRotated[FILE]! + 1));
  return k.policy.scanSplit.fraction(anon, file);
}

/** Old news fades: both counts halve once the scanned one passes a quarter of the pages. */
function decay(set: LruSet, type: number, pages: Pages): void {
  if (set.recentScanned[type]! <= pages >> 2) return;
  set.recentScanned[type] = Math.floor(set.recentScanned[type]! / 2);
  set.recentRotated[type] = Math.floor(set.recentRotated[type]! / 2);
}

const PAGES_PER_GIB_SHIFT = 18;

/** inactive_anon_is_low(), inactive_file_is_low(): model.md R3.11. */
export function inactiveIsLow(k: Kernel, set: LruSet, sc: ScanControl, file: boolean): boolean {
  if (file) return set.lengths[ACTIVE_FILE]! > set.lengths[INACTIVE_FILE]!;
  const inactive = set.lengths[INACTIVE_ANON]!;
  const active = set.lengths[ACTIVE_ANON]!;
  const gib = (sc.memcg === 0 ? k.zone.presentPages : inactive + active) >> PAGES_PER_GIB_SHIFT;
  return inactive * inactiveRatio(gib) < active;
}

/** calculate_zone_inactive_ratio(): 1 below 1 GiB, 3 at 1 GiB, 10 at 10 GiB. */
export function inactiveRatio(gib: number): number {
  return gib === 0 ? 1 : Math.floor(Math.sqrt(10 * gib));
}

/** zone_reclaimable_pages(): R3.31. */
export function reclaimablePages(k: Kernel): Pages {
  const { lengths } = k.zone.lru;
  const file = lengths[INACTIVE_FILE]! + lengths[ACTIVE_FILE]! + lengths[DIRTY_FILE]!;
  return k.swap.freeSlots > 0 ? file + lengths[INACTIVE_ANON]! + lengths[ACTIVE_ANON]! : file;
}
