import { assert } from '../abi/errors.ts';
import type { BlockState } from './machine/block-state.ts';
import { DISK_STAT } from './machine/disk-stat.ts';
import { READ, WRITE } from './machine/elevator.ts';
import type { Kernel } from './machine/kernel.ts';
import { inLine } from './machine/line.ts';
import { REQUESTS_MAX } from './machine/requests.ts';
import { WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK, WAIT_REQUEST } from './machine/waits.ts';
import { SLEEPING } from './sim/kthread.ts';

/** I6, I13, I14, and I22 for what waits on a disk. */
export function checkBlocks(k: Kernel): void {
  const seen = new Set<number>();
  for (const block of k.blocks) checkBlock(k, block, seen);
  for (const t of k.m.sim.threads) {
    if (t.state !== SLEEPING) continue;
    if (t.waitKind === WAIT_PAGE_LOCK)
      assert(k.pages.isLocked(t.waitId), () => `${t.name} waits for the lock of pfn ${t.waitId}, which is free (I22)`);
    if (t.waitKind === WAIT_PAGE_WRITEBACK)
      assert(
        k.pages.isUnderWriteback(t.waitId),
        () => `${t.name} waits for a write of pfn ${t.waitId} that is over (I22)`,
      );
    if (t.waitKind === WAIT_REQUEST)
      assert(queuedOn(k.blocks[t.waitId >> 1]!) > 0, () => `${t.name} waits for a request and none is under way (I22)`);
  }
}

function queuedOn(block: BlockState): number {
  return block.arrival.length + block.inFlight.length;
}

function checkBlock(k: Kernel, block: BlockState, seen: Set<number>): void {
  const count = [0, 0];
  for (let id = 0; id < REQUESTS_MAX; id++) {
    if (block.requests.inUse[id] === 0) continue;
    count[block.requests.cls[id]!]!++;
    checkRequest(k, block, id, seen);
  }
  assert(
    count[0] === block.count[0] && count[1] === block.count[1],
    () => `${block.count} requests allocated, counted ${count} (I13)`,
  );
  checkLists(block);
  checkDrive(k, block);
  for (const { waiting } of block.ioGroups) {
    for (const pfn of waiting.flatMap(({ bio }) => bio.pfns)) {
      assert(!seen.has(pfn) && k.pages.isUnderWriteback(pfn), () => `pfn ${pfn} waits for its group’s turn (I6)`);
      seen.add(pfn);
    }
  }
  const queued = queuedOn(block);
  assert(queued <= count[0]! + count[1]!, () => `${queued} requests queued of ${count} allocated (I14)`);
}

/** I15: never busier than time has passed; what the write cache holds are runs that do not touch, and their sum is kept (R7.16). */
function checkDrive(k: Kernel, { id, stat, disk, inFlight, requests }: BlockState): void {
  assert(stat[DISK_STAT.busy_ns]! <= k.nowNs, () => `disk ${id} was busy for ${stat[DISK_STAT.busy_ns]} ns (I15)`);
  for (const one of inFlight)
    assert(requests.inUse[one] === 1, () => `disk ${id} has request ${one}, which is free (I15)`);
  const { cacheStart, cacheEnd } = disk;
  let held = 0;
  for (let at = 0; at < cacheStart.length; at++) {
    held += cacheEnd[at]! - cacheStart[at]!;
    const isApart = at === 0 || cacheStart[at]! > cacheEnd[at - 1]!;
    assert(isApart && cacheEnd[at]! > cacheStart[at]!, () => `run ${at} of disk ${id}'s cache is out of place (I15)`);
  }
  assert(held === disk.cachedSectors, () => `disk ${id} holds ${held} sectors and says ${disk.cachedSectors} (I15)`);
}

/** I14: who is on one of the queue's three lists is on all of them. */
function checkLists({ arrival, fifo, sorted, requests }: BlockState): void {
  const inOrder = inLine(arrival);
  for (const direction of [READ, WRITE] as const) {
    const mine = inOrder.filter((id) => requests.direction[id] === direction);
    const byAge = inLine(fifo[direction]);
    const bySector = [...sorted[direction].ids.subarray(0, sorted[direction].length)];
    const lists = [mine, byAge, bySector].map((ids) => String([...ids].sort()));
    assert(
      lists[0] === lists[1] && lists[1] === lists[2],
      () => `the queue's lists of direction ${direction} hold ${lists.join(' and ')} (I14)`,
    );
    const endOf = (id: number) => requests.sector[id]! + requests.sectors[id]!;
    const areApart = bySector.every((id, at) => at === 0 || endOf(bySector[at - 1]!) <= requests.sector[id]!);
    assert(areApart, () => `requests ${bySector} are out of order or overlap (I14)`);
  }
}

function checkRequest(k: Kernel, block: BlockState, id: number, seen: Set<number>): void {
  const { requests } = block;
  const pfns = requests.pfns[id]!;
  const sector = requests.sector[id]!;
  const sectors = requests.sectors[id]!;
  assert(
    sectors === pfns.length * requests.sectorsPerPage,
    () => `request ${id} has ${sectors} sectors and ${pfns.length} pages (I14)`,
  );
  assert(sectors <= 1024 && pfns.length <= 128, () => `request ${id} at ${sector} is too large (I14)`);
  for (const pfn of pfns) {
    assert(!seen.has(pfn), () => `pfn ${pfn} is in two requests (I6, I14)`);
    seen.add(pfn);
    assert(
      (k.pages.isSwapBacked(pfn) ? k.swap.disk : k.space(k.pages.columns.space[pfn]!).disk) === block.id,
      () => `pfn ${pfn} is in request ${id} of disk ${block.id}, where it does not lie (I14)`,
    );
    assert(
      requests.direction[id] === WRITE ? k.pages.isUnderWriteback(pfn) : k.pages.isLocked(pfn),
      () => `pfn ${pfn} is in request ${id} but not in flight (I6)`,
    );
  }
}
