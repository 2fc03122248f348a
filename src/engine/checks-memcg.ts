import { assert } from '../abi/errors.ts';
import type { Kernel } from './machine/kernel.ts';
import { NR_LISTS } from './machine/lru.ts';
import { isInSubtree, type Memcg } from './machine/memcg.ts';
import { NONE } from './machine/page-table.ts';
import type { Task } from './machine/task.ts';

/**
 * I12: usage is the charges and stocks of the subtree, within the limit; both list memberships agree; the dirty counters are
 * what a count gives.
 */
export function checkMemcgs(k: Kernel): void {
  const { memcgs } = k.m;
  const counted = memcgs.map(() => ({ charged: 0, dirty: 0, writeback: 0 }));
  const { memcg: owners } = k.pages.columns;
  for (let pfn = 0; pfn < k.pages.count; pfn++) {
    const group = counted[owners[pfn]!]!;
    group.charged++;
    if (k.pages.isSwapBacked(pfn)) continue;
    if (k.pages.isDirty(pfn)) group.dirty++;
    if (k.pages.isUnderWriteback(pfn)) group.writeback++;
  }
  for (const memcg of memcgs.slice(1)) {
    const { charged, dirty, writeback } = counted[memcg.id]!;
    const inHand = memcg.chargedPages - charged;
    assert(
      inHand >= 0 && inHand <= k.m.sim.threads.length,
      () => `${memcg.name} has ${memcg.chargedPages} charged, counted ${charged} (I12)`,
    );
    assert(
      memcg.dirtyPages === dirty && memcg.writebackPages === writeback,
      () =>
        `${memcg.name} has ${memcg.dirtyPages} dirty, ${memcg.writebackPages} under writeback; counted ${dirty}, ${writeback} (I12)`,
    );
    checkUsage(k, memcg);
    checkLists(k, memcg);
  }
}

function checkUsage(k: Kernel, memcg: Memcg): void {
  const { memcgs } = k.m;
  const isHere = ({ id }: { readonly id: number }) => isInSubtree(memcgs, id, memcg.id);
  const charged = memcgs.filter(isHere).reduce((sum, { chargedPages }) => sum + chargedPages, 0);
  const stocks = k.m.sim.threads.reduce(
    (sum, t) => sum + (isHere({ id: (t as Task).memcg }) ? (t as Task).stockPages : 0),
    0,
  );
  assert(
    memcg.usagePages === charged + stocks,
    () => `${memcg.name} usage ${memcg.usagePages} is not ${charged} + ${stocks} (I12)`,
  );
  assert(
    memcg.usagePages >= 0 && memcg.usagePages <= memcg.limitPages,
    () => `${memcg.name} uses ${memcg.usagePages} of ${memcg.limitPages} (I12)`,
  );
}

function checkLists(k: Kernel, memcg: Memcg): void {
  const { memcgNext } = k.pages.columns;
  for (let list = 0; list < NR_LISTS; list++) {
    let length = 0;
    for (let pfn = memcg.lru.heads[list]!; pfn !== NONE; pfn = memcgNext[pfn]!) {
      length++;
      assert(
        k.pages.isOnLru(pfn) && k.pages.columns.memcg[pfn] === memcg.id && k.lru.listOf(pfn) === list,
        () => `pfn ${pfn} is on the wrong list of ${memcg.name} (I12)`,
      );
    }
    assert(
      length === memcg.lru.lengths[list],
      () => `${memcg.name} list ${list} has length ${memcg.lru.lengths[list]}, counted ${length} (I12)`,
    );
  }
}
