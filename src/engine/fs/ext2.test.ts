import { expect, test } from 'vitest';
import type { Pages, Pfn } from '../../abi/units.ts';
import { ZERO_PAGE_NS } from '../machine/costs.ts';
import { Kernel } from '../machine/kernel.ts';
import { KERNEL_FUNCTIONS, kernelFunction } from '../machine/kernel-function.ts';
import { createMachine } from '../machine/machine.ts';
import { addToPageCache } from '../machine/page-cache.ts';
import { clearPageDirtyForIo, setPageDirty } from '../machine/page-state.ts';
import { LOCKED_BY_IO } from '../machine/page-table.ts';
import { PLAIN_CONFIG, PLAIN_SYSCTL } from '../machine/plain-machine.test-double.ts';
import type { Answers, Policy } from '../machine/policy.ts';
import { type Bio, type Sockets, WROTE } from '../machine/sockets.ts';
import { type Extent, SPACE_FILE } from '../machine/space.ts';
import { createTask, TASK } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { DEAD, enter, type Frame, link, ret, steps } from '../sim/kthread.ts';
import { Scheduler } from '../sim/scheduler.ts';
import { Recorder } from '../trace/recorder.ts';
import { ext2 } from './ext2.ts';
import { FILESYSTEMS, fsSocketsOf } from './registry.ts';

/** A submission that sleeps 1 ms, as in get_request_wait(). */
const at = steps('sleep', 'woken');
const slowSubmit = kernelFunction<Frame, keyof typeof at>('slow submit', 0, at, {
  sleep: (k, _f, t) => k.sched.sleep(t, 0, 0, 1e6, at.woken),
  woken: (_k, _f, t) => ret(t, 0),
});

interface RigSpec {
  readonly extents?: readonly Extent[];
  readonly hasContent?: boolean;
  readonly blocks?: boolean;
}
/** One file whose pages 0 … 511 are cached in frames 0 … 511, clean, locked by the task; what is submitted is noted. */
function createRig({ extents, hasContent = true, blocks = false }: RigSpec = {}) {
  const sizePages = 512;
  const m = createMachine({
    config: { ...PLAIN_CONFIG, totalPages: 1024, reservedPages: 1024, swapPages: 64, diskSectors: 1e6 },
    sysctl: PLAIN_SYSCTL,
    answers: {} as Answers,
    workload: {},
    spaces: [
      {
        kind: SPACE_FILE,
        name: 'file',
        sizePages,
        extents: extents ?? [{ firstIndex: 0, pages: sizePages, sector: 8000 }],
        hasContent,
      },
    ],
  });
  m.proportions.shift = 4;
  const bios: { write: boolean; sync: boolean; sector: number; pages: number; first: Pfn }[] = [];
  const call = {
    ...fsSocketsOf(ext2),
    writeCachePages: () => 77,
    submitBio(_k: Kernel, t: Parameters<Sockets['submitBio']>[1], { write, sync, sector, pfns }: Bio) {
      bios.push({ write, sync, sector, pages: pfns.length, first: pfns[0]! });
      return blocks ? enter(t, slowSubmit, {}) : 0;
    },
  } as unknown as Sockets;
  const sched = new Scheduler<Kernel>(m.sim, link(KERNEL_FUNCTIONS), () => {});
  const k = new Kernel(m, sched, {
    call,
    policy: { skippedDirty: { tagsReclaim: false }, memcgCleaner: { hasFlusher: false } } as Policy,
    devices: [],
    trace: new Recorder(16),
  });
  const t = createTask(0, TASK, 'task', 'W');
  for (let pfn = 0; pfn < sizePages; pfn++) {
    addToPageCache(k, pfn, k.space(0), pfn);
    k.pages.setLocked(pfn, t.id);
  }
  const run = () => {
    sched.start(t);
    sched.horizonNs = 1e9;
    while (sched.runOne(k));
    expect(t.state).toBe(DEAD);
  };
  return { k, t, bios, space: k.space(0), run };
}
type Rig = ReturnType<typeof createRig>;

/** As the writeback room hands pages over: dirtied, locked, cleared for I/O. */
function cleared({ k, t }: Rig, first: Pages, pages: Pages): Pfn[] {
  const pfns = Array.from({ length: pages }, (_, n) => first + n);
  for (const pfn of pfns) {
    setPageDirty(k, t, pfn);
    clearPageDirtyForIo(k, pfn);
  }
  return pfns;
}

test('R4.5 ->writepage is one bio of 8 sectors; the page is under writeback and unlocked before it is submitted', () => {
  const rig = createRig();
  const { k, t } = rig;
  cleared(rig, 5, 1);
  const { submitBio } = k.call;
  k.call.submitBio = (...args) => {
    expect([k.pages.isUnderWriteback(5), k.pages.isLocked(5)]).toEqual([true, false]);
    return submitBio(...args);
  };
  expect(k.call.writepage(k, t, 5)).toBe(WROTE);
  expect(rig.bios).toEqual([{ write: true, sync: false, sector: 8040, pages: 1, first: 5 }]);
});

test('P5.4 ext2 has ->writepages, and it is write_cache_pages()', () => {
  const { k, t, space } = createRig();
  expect([k.call.hasWritepages(k, space), k.call.doWritepages(k, t, space)]).toEqual([true, 77]);
  expect(FILESYSTEMS[0]!.id).toBe('ext2');
});

test('I14 a run of ->writepages is cut at 128 pages and at the ends of extents, all of it under writeback at once', () => {
  const extents = [
    { firstIndex: 0, pages: 200, sector: 8000 },
    { firstIndex: 200, pages: 312, sector: 80000 },
  ];
  const rig = createRig({ extents });
  const pfns = cleared(rig, 10, 210);
  expect(rig.k.call.writeRun(rig.k, rig.t, rig.space, pfns)).toBe(0);
  expect(rig.bios.map(({ sector, pages }) => [sector, pages])).toEqual([
    [8080, 128],
    [8000 + 138 * 8, 62],
    [80000, 20],
  ]);
  expect([rig.k.vm[VM.nr_writeback], pfns.length]).toEqual([210, 210]);
  expect(pfns.every((pfn) => !rig.k.pages.isLocked(pfn))).toBe(true);
});

test('I14 a run with a hole in the file is cut there', () => {
  const rig = createRig();
  const pfns = [...cleared(rig, 10, 2), ...cleared(rig, 20, 2)];
  rig.k.call.writeRun(rig.k, rig.t, rig.space, pfns);
  expect(rig.bios.map(({ first, pages }) => [first, pages])).toEqual([
    [10, 2],
    [20, 2],
  ]);
});

test('R7.2 writers that sleep for a request go on with the rest of their run, one bio after the other', () => {
  const rig = createRig({ blocks: true });
  const { k, t } = rig;
  const pfns = cleared(rig, 0, 300);
  k.call.writeRun(k, t, rig.space, pfns);
  pfns.length = 0; // the list stays the caller's
  expect([rig.bios.length, k.vm[VM.nr_writeback]]).toEqual([1, 300]);
  expect(t.fns.map((fn) => k.sched.table[fn]!.name)).toEqual(['__mpage_writepage', 'slow submit']);
  rig.run();
  expect(rig.bios.map(({ pages }) => pages)).toEqual([128, 128, 44]);
  expect(k.nowNs).toBe(3e6);
});

test('R7.2 ->writepage and swap_writepage() answer after the sleep', () => {
  for (const name of ['writepage', 'swapWritepage', 'swapReadpage'] as const) {
    const rig = createRig({ blocks: true });
    cleared(rig, 5, 1);
    rig.k.pages.columns.swapSlot[5] = 3;
    rig.k.call[name](rig.k, rig.t, 5);
    expect(rig.t.stack.length).toBe(2);
    rig.run();
    expect(rig.bios.length).toBe(1);
  }
});

test('R7.5 reads of the pages that the caller holds locked; neither those of others nor those up to date', () => {
  const rig = createRig();
  const { k, t } = rig;
  k.pages.clearLocked(3);
  k.pages.setLocked(3, 9);
  k.pages.setUptodate(6);
  k.call.readPages(k, t, rig.space, 0, 8);
  expect(rig.bios).toEqual([
    { write: false, sync: false, sector: 8000, pages: 3, first: 0 },
    { write: false, sync: false, sector: 8032, pages: 2, first: 4 },
    { write: false, sync: false, sector: 8056, pages: 1, first: 7 },
  ]);
  expect([0, 3, 6].map((pfn) => k.pages.columns.lockedBy[pfn])).toEqual([LOCKED_BY_IO, 9, t.id]);
});

test('R7.5 a readpages that sleeps goes on where it was', () => {
  const rig = createRig({ blocks: true });
  rig.k.pages.setUptodate(130);
  rig.k.call.readPages(rig.k, rig.t, rig.space, 0, 200);
  rig.run();
  expect(rig.bios.map(({ first, pages }) => [first, pages])).toEqual([
    [0, 128],
    [128, 2],
    [131, 69],
  ]);
});

test('I7 a page that was never written is zeroes at once, without a read, and the reader pays', () => {
  const rig = createRig({ hasContent: false });
  const { k, t } = rig;
  rig.space.diskVersion[2] = 5;
  k.call.readPages(k, t, rig.space, 0, 4);
  expect(rig.bios.map(({ first, pages }) => [first, pages])).toEqual([[2, 1]]);
  expect([0, 1, 2, 3].map((pfn) => k.pages.isLocked(pfn))).toEqual([false, false, true, false]);
  expect([0, 1, 2, 3].map((pfn) => k.pages.isUptodate(pfn))).toEqual([true, true, false, true]);
  expect(t.cpuDebtNs).toBe(3 * ZERO_PAGE_NS);
});

test('R4.9 R4.10 I20 swap goes page by page to its slot: 4 KiB out and in, each counted', () => {
  const rig = createRig();
  const { k, t } = rig;
  for (const pfn of [600, 601]) {
    k.pages.setLocked(pfn, t.id);
    k.pages.setAnon(pfn);
    k.pages.columns.swapSlot[pfn] = pfn - 590;
  }
  expect(k.call.swapWritepage(k, t, 600)).toBe(WROTE);
  expect(k.call.swapReadpage(k, t, 601)).toBe(0);
  const start = 1e6 - 64 * 8;
  expect(rig.bios).toEqual([
    { write: true, sync: false, sector: start + 80, pages: 1, first: 600 },
    { write: false, sync: false, sector: start + 88, pages: 1, first: 601 },
  ]);
  expect([k.vm[VM.pswpout], k.vm[VM.pswpin], k.vm[VM.nr_writeback]]).toEqual([1, 1, 1]);
  expect([k.pages.isLocked(600), k.pages.columns.lockedBy[601]]).toEqual([false, LOCKED_BY_IO]);
});
