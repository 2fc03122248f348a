import { ACTOR } from '../abi/actor.ts';
import { assert, broken } from '../abi/errors.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { checkBlocks } from './checks-block.ts';
import { checkFiles } from './checks-files.ts';
import { checkMemcgs } from './checks-memcg.ts';
import { checkPages } from './checks-pages.ts';
import type { BlockState } from './machine/block-state.ts';
import type { Kernel } from './machine/kernel.ts';
import { INACTIVE_ANON, type LruSet } from './machine/lru.ts';
import { reclaimWriteCounter } from './machine/page-state.ts';
import { writesOf } from './machine/policy/writes.ts';
import { VM } from './machine/vmstat.ts';

/** Events between two full sweeps unless the caller says otherwise. */
export const SWEEP_EVERY_EVENTS = 512;

/**
 * Invariants I1–I22 of model.md §10.1: the local ones after every event, everything in
 * a sweep every N events. I5, I7 and I10 are also asserted where they could break; I18, I21 and I22's timers are properties
 * of the code's shape, proved by tests.
 */
export function createChecker(sweepEvery = SWEEP_EVERY_EVENTS): {
  readonly check: (k: Kernel) => void;
  checksDone: number;
} {
  const state = {
    checksDone: 0,
    lastNs: -1,
    check: (k: Kernel) => {
      checkLocal(k, state.lastNs);
      state.lastNs = k.nowNs;
      if (state.checksDone++ % sweepEvery === 0) sweep(k);
    },
  };
  return state;
}

/** O(1), after every event. */
function checkLocal(k: Kernel, lastNs: number): void {
  const { zone } = k.m;
  assert(k.nowNs >= lastNs, () => `time went back to ${k.nowNs} (I15)`);
  assert(
    k.buddy.freePages >= 0 && zone.min <= zone.low && zone.low <= zone.high,
    () => `free ${k.buddy.freePages} (I17)`,
  );
  for (const block of k.blocks) checkPool(k, block);
  const { vm } = k;
  // A writer that sleeps for a request has pages under writeback that are not submitted yet.
  const onTheirWay = vm[VM.pages_completed]! + vm[VM.nr_writeback]! - vm[VM.pages_submitted]!;
  assert(
    onTheirWay >= 0,
    () =>
      `${vm[VM.pages_submitted]} pages submitted, ${vm[VM.pages_completed]} completed, ${vm[VM.nr_writeback]} under writeback (I20)`,
  );
  if (neverTurned(k)) checkWrites(k);
}

/** I13, I15: within the pool's and the drive's limits, and congested where it says so. */
function checkPool(k: Kernel, block: BlockState): void {
  const { congested } = k.m.bdis[block.id]!;
  for (let cls = 0; cls < 2; cls++) {
    const count = block.count[cls]!;
    assert(count >= 0 && count <= 192, () => `${count} requests of class ${cls} (I13)`);
    assert(!congested[cls] || count >= 103, () => `congested with ${count} requests (I13)`);
    assert(congested[cls]! || count < 113, () => `not congested with ${count} requests (I13)`);
  }
  assert(block.inFlight.length <= k.devices[block.id]!.channels, () => `${block.inFlight.length} on the disk (I15)`);
}

const RECLAIMERS = [ACTOR.KSWAPD, ACTOR.DIRECT, ACTOR.MEMCG] as const;

/** I19 for every kernel: what the policy forbids a reclaimer to write, it has not written. */
function checkWrites(k: Kernel): void {
  for (let at = 0; at < 6; at++) {
    const actor = RECLAIMERS[at >> 1]!;
    const anon = (at & 1) === 1;
    if (!writesOf(k.policy, actor, anon).ever && k.vm[reclaimWriteCounter(actor, anon)] !== 0)
      broken('actor # has written # pages it may not write (I19)', actor, k.vm[reclaimWriteCounter(actor, anon)]!);
  }
}

/** The policy has been in force since boot: no knob was turned. */
function neverTurned(k: Kernel): boolean {
  return k.trace.counts[TRACE_ID.knobTurned] === 0;
}

/** Everything, from the columns up. */
export function sweep(k: Kernel): void {
  checkPages(k);
  checkFiles(k);
  checkMemcgs(k);
  checkBlocks(k);
  checkScanState(k.m.zone.lru);
  for (const memcg of k.m.memcgs) checkScanState(memcg.lru);
  for (const thread of k.m.sim.threads) {
    const { priority } = k.task(thread.id).sc;
    assert(priority >= 0 && priority <= 12, () => `${thread.name} scans at priority ${priority} (I16)`);
  }
}

function checkScanState(set: LruSet): void {
  for (let list = INACTIVE_ANON; list < set.savedScan.length; list++)
    assert(set.savedScan[list]! < 32, () => `nr_saved_scan ${set.savedScan[list]} (I16)`);
  for (let type = 0; type < 2; type++) {
    assert(set.recentScanned[type]! >= 0 && set.recentRotated[type]! >= 0, () => 'recent counts are negative (I16)');
  }
}
