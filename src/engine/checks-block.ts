import { assert } from '../abi/errors.ts';
import { SECTORS_PER_PAGE } from '../abi/units.ts';
import type { Request } from './machine/block-state.ts';
import type { Kernel } from './machine/kernel.ts';
import { NONE } from './machine/page-table.ts';
import { WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK, WAIT_REQUEST } from './machine/waits.ts';
import { SLEEPING } from './sim/kthread.ts';

/** I6, I13, I14, and I22 for what waits on the disk. */
export function checkBlock(k: Kernel): void {
  const { block } = k.m;
  const seen = new Set<number>();
  const count = [0, 0];
  for (const request of block.requests) {
    if (request === undefined) continue;
    count[request.cls]!++;
    checkRequest(k, request, seen);
  }
  assert(
    count[0] === block.count[0] && count[1] === block.count[1],
    () => `${block.count} requests allocated, counted ${count} (I13)`,
  );
  const queued = block.sorted[0].length + block.sorted[1].length + (block.inFlight === NONE ? 0 : 1);
  assert(queued <= count[0]! + count[1]!, () => `${queued} requests queued of ${count} allocated (I14)`);
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
      assert(queued > 0, () => `${t.name} waits for a request and none is under way (I22)`);
  }
}

function checkRequest(k: Kernel, request: Request, seen: Set<number>): void {
  const { pfns, sector, sectors, id } = request;
  assert(
    sectors === pfns.length * SECTORS_PER_PAGE,
    () => `request ${id} has ${sectors} sectors and ${pfns.length} pages (I14)`,
  );
  assert(sectors <= 1024 && pfns.length <= 128, () => `request ${id} at ${sector} is too large (I14)`);
  for (const pfn of pfns) {
    assert(!seen.has(pfn), () => `pfn ${pfn} is in two requests (I6, I14)`);
    seen.add(pfn);
    assert(
      request.write ? k.pages.isUnderWriteback(pfn) : k.pages.isLocked(pfn),
      () => `pfn ${pfn} is in request ${id} but not in flight (I6)`,
    );
  }
}
