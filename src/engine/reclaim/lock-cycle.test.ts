import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { lockPage, unlockPage } from '../machine/page-lock.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_PAGE_LOCK } from '../machine/waits.ts';
import { type As, machineFromText } from '../machine-from-text.ts';
import { enter, type Frame, ret, steps } from '../sim/kthread.ts';
import { isolatePages } from './isolate.ts';
import { shrinkPageList } from './shrink-page-list.ts';

const MS = 1e6;

interface Holder extends Frame {
  readonly pfns: readonly number[];
  next: number;
}
const at = steps('take', 'taken');
/** Locks pages one after the other, 1 ms between them, and keeps them all: a stand-in for a batch under patch 5. */
const holder = kernelFunction<Holder, keyof typeof at>('test_holder', 0, at, {
  take: (k, f, t) => {
    const pfn = f.pfns[f.next];
    return pfn === undefined ? ret(t, 0) : lockPage(k, t, pfn, at.take, at.taken);
  },
  taken: (k, f, t) => {
    f.next++;
    return k.sched.spend(t, 1 * MS, at.take);
  },
});
const holding = (pfns: number[]) => (_k: Kernel, t: Task) => enter(t, holder, { pfns, next: 0 });

test('I5 two tasks that lock a and b crosswise: the cycle stops the run and names tasks, pages, files and functions', () => {
  const rig = machineFromText('free 4\n inactive_file: b/B:7 a/A:3');
  const [a, b] = [rig.pfn('a'), rig.pfn('b')];
  rig.start('direct', holding([a, b]));
  rig.start('memcg', holding([b, a]));

  rig.passNs(10 * MS);

  expect(rig.vm.lock_cycles).toBe(1);
  const { stopped } = rig.k.sched;
  expect(stopped).toContain(
    `direct-1 in test_holder (called from test_call) waits for page 7 of B (pfn ${b}), locked by memcg-2`,
  );
  expect(stopped).toContain(
    `memcg-2 in test_holder (called from test_call) waits for page 3 of A (pfn ${a}), locked by direct-1`,
  );
  expect(stopped).toMatch(/^page locks wait in a cycle/);
});

test('I5 a cycle of three is found and names all three', () => {
  const rig = machineFromText('free 4\n inactive_file: c b a');
  const [a, b, c] = [rig.pfn('a'), rig.pfn('b'), rig.pfn('c')];
  for (const pair of [
    [a, b],
    [b, c],
    [c, a],
  ])
    rig.start('direct', holding(pair));

  rig.passNs(10 * MS);

  expect(rig.k.sched.stopped).toMatch(/direct-1.*direct-2|direct-2.*direct-3|direct-3.*direct-1/);
  expect(rig.k.sched.stopped!.match(/waits for page/g)!.length).toBe(3);
});

test('I5 a chain that ends in a running task is no cycle', () => {
  const rig = machineFromText('free 4\n inactive_file: b a');
  const [a, b] = [rig.pfn('a'), rig.pfn('b')];
  const { t } = rig.start('direct', holding([a, b]));
  rig.passNs(0.1 * MS);
  const second = rig.start('memcg', holding([a])).t;

  rig.passNs(0.5 * MS);
  expect([second.waitKind, second.waitId]).toEqual([WAIT_PAGE_LOCK, a]);
  rig.passNs(10 * MS);

  expect(t.state).toBe(2);
  expect(rig.k.sched.stopped).toBeUndefined();
});

test('I5 unlock wakes in the order in which the sleepers came', () => {
  const rig = machineFromText('free 4\n inactive_file: b a');
  const a = rig.pfn('a');
  rig.k.pages.setLocked(a, 0);
  const sleepers = ['one', 'two'].map(() => rig.start('task', holding([a])).t);
  rig.passNs(1 * MS);

  unlockPage(rig.k, a);
  rig.passNs(5 * MS);

  expect(rig.k.pages.columns.lockedBy[a]).toBe(sleepers[0]!.id);
  expect(sleepers[1]!.waitKind).toBe(WAIT_PAGE_LOCK);
});

/** Two batches; while each writes a single page, it holds the locks of the rest, among it a page that the other's span needs. */
function abba(historicalBugs: boolean, kernel = 'rfc-v1-p5', as: As = 'direct') {
  const rig = machineFromText(
    `free 4 swap 0
     active_file: z{8}/Z
     inactive_file: b2/B:2! a3/A:3! a1/A:1! y/Y!  a2/A:2! b3/B:3! b1/B:1! x/X!`,
    { kernel, sysctl: { historicalBugs } },
  );
  const take = (count: number) => (k: Kernel, t: Task) => {
    isolatePages(k, t, k.m.zone.lru, 2, count, 0);
    return shrinkPageList(k, t, true);
  };
  rig.start(as, take(4)); // x, then the span B 1–3, holding a2
  rig.start(as, take(4)); // y, then the span A 1–3, holding b2
  return rig;
}

test('P5.9 B4 on: two reclaimers doing span writes each hold a page the other’s span needs: the ABBA cycle is named', () => {
  const rig = abba(true);

  rig.passNs(50 * MS);

  expect(rig.vm.lock_cycles).toBe(1);
  expect(rig.k.sched.stopped).toContain(
    'direct-1 in write_cache_pages (called from clean_page_list) waits for page 2 of B',
  );
  expect(rig.k.sched.stopped).toContain(
    'direct-2 in write_cache_pages (called from clean_page_list) waits for page 2 of A',
  );
});

test('P5.9 B4 off: the rest of the batch is unlocked before the span is written: no cycle, all pages written', () => {
  const rig = abba(false);

  rig.passNs(50 * MS);

  expect(rig.k.sched.stopped).toBeUndefined();
  expect(rig.vm).toMatchObject({ lock_cycles: 0, pages_completed: 8 });
});

test('P5.9 V2 holds the locks of its batch too, but writes single pages, whose locks it has: no cycle', () => {
  const rig = abba(true, 'rfc-v2', 'memcg');

  rig.passNs(50 * MS);

  expect(rig.k.sched.stopped).toBeUndefined();
  expect(rig.vm).toMatchObject({ lock_cycles: 0, pages_completed: 8, range_writes: 0 });
});

/** Two batches of one file: the cursors are pages 5 and 3, and each range holds the other's cursor. */
function inversion(rangeLock: string) {
  const rig = machineFromText(
    `free 4 swap 0
     inactive_file: a9/A:9! a3/A:3! y/Y! a1/A:1! a5/A:5! x/X!`,
    { kernel: 'rfc-v1-p5', answers: { rangeLock } },
  );
  const take = (k: Kernel, t: Task) => {
    isolatePages(k, t, k.m.zone.lru, 2, 3, 0);
    return shrinkPageList(k, t, true);
  };
  rig.start('direct', take); // x, then 1–5 around page 5
  rig.start('kswapd', take); // y, then 3–9 around page 3
  rig.passNs(50 * MS);
  return rig;
}

test('P5.5 the page lock held across a range write: the inversion is named, task by task', () => {
  const rig = inversion('hold');

  expect(rig.vm.lock_cycles).toBe(1);
  expect(rig.k.sched.stopped).toContain(
    'direct-1 in write_cache_pages (called from clean_page_list) waits for page 3 of A',
  );
  expect(rig.k.sched.stopped).toContain(
    'kswapd0 in write_cache_pages (called from clean_page_list) waits for page 5 of A',
  );
});

test('P5.5 the page lock dropped, the inode pinned: the same two ranges are written', () => {
  const rig = inversion('drop');

  expect(rig.k.sched.stopped).toBeUndefined();
  expect(rig.vm).toMatchObject({ lock_cycles: 0, pages_completed: 6 });
  expect(rig.space('A').pinned).toBe(0);
});

test('P5.5 held: a range that nobody else wants is written around the page, which goes last by ->writepage', () => {
  const rig = machineFromText('free 4\n active_file: d/A:4! b/A:2!\n inactive_file: c/A:3! a/A:1!', {
    kernel: 'rfc-v1-p5',
    answers: { rangeLock: 'hold' },
  });
  rig.run('kswapd', (k, t) => {
    isolatePages(k, t, k.m.zone.lru, 2, 2, 0);
    return shrinkPageList(k, t, true);
  });

  expect(rig.log.filter((line) => !line.startsWith('bio'))).toEqual(['writepages A 2-3', 'writepage a']);
  expect(rig.vm).toMatchObject({ range_writes: 1, kswapd_reclaim_wrote_file: 3, nr_vmscan_write: 3 });
  expect(rig.space('A').pinned).toBe(0);
});
