import { expect, test } from 'vitest';
import { B_IO, B_MORE_IO } from '../machine/space.ts';
import { VM } from '../machine/vmstat.ts';
import { WORK_BACKGROUND, WORK_PAGES } from '../machine/wb.ts';
import { SLEEPING } from '../sim/kthread.ts';
import { balanceDirtyPagesRatelimited } from './balance.ts';
import { chunkSize } from './chunks.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { bdiThreshold, dirtyLimits, isOverBackground } from './limits.ts';
import {
  addFlusher,
  addTask,
  type Call,
  createRig,
  dirtyPage,
  dirtyRange,
  nobody,
  type Rig,
  type RigPolicy,
  runUntil,
} from './test-rig.ts';
import { startBackgroundWriteback, wakeupFlusherThreads } from './works.ts';

// What 2.6.36 and later kernels do differently (model.md §9), on a rig whose other answers are those of 2.6.35.

const MS = 1e6;
const S = 1e9;

const V2636: RigPolicy = {
  flusherLists: { hasB3: false, startsOncePerWork: true },
  flusherWork: { runningIsInProgress: true },
  dirtyThrottling: { globalLimitHolds: true, clipsShare: false },
};
const V2638 = { ...V2636, flusherWork: { queuesBackground: false, runningIsInProgress: true, yieldsToWork: true } };
const V32 = { ...V2638, flusherWork: { ...V2638.flusherWork, chunksByBandwidth: true } };
const V61 = { ...V32, flusherWork: { ...V32.flusherWork, startsAll: true } };

/** Two files of 4000 dirty pages and a flusher that sleeps. */
function twoFiles(policy: RigPolicy) {
  const rig = createRig({ filePages: [4000, 4000, 100], policy });
  const flusher = addFlusher(rig);
  runUntil(rig, 1);
  for (const file of [0, 1]) dirtyRange(rig.k, nobody(), rig.files[file]!, 0, 4000);
  return { rig, flusher, k: rig.k, files: rig.files, wb: rig.k.m.wbs[0]! };
}

/** Pages written per file in order of time, neighbouring runs of one file added up. */
function stretches({ runs }: Rig): [number, number][] {
  const out: [number, number][] = [];
  for (const { file, indices } of runs) {
    if (out.at(-1)?.[0] === file) out.at(-1)![1] += indices.length;
    else out.push([file, indices.length]);
  }
  return out;
}

const balanceNow: Call = (k, t) => {
  t.dirtiedSinceCheck = 511;
  return balanceDirtyPagesRatelimited(k, t, k.space(0));
};

test('§9.1 2.6.36 has not B3, whatever the switch says: a partial slice waits on b_more_io', () => {
  const { rig, k, files, wb } = twoFiles(V2636); // the rig's historical bugs are on
  wakeupFlusherThreads(k, 2 * 1024);
  runUntil(rig, 2 * S);
  expect(stretches(rig)).toEqual([0, 1].map((file) => [file, 1024]));
  expect(files.slice(0, 2).map((file) => file.list)).toEqual([B_IO, B_MORE_IO]);
  expect(wb.bDirty).toEqual([]);
});

test('§9.1 R5.16 an inode dirtied during the work is the next one’s from 2.6.36 on, the next slice’s before', () => {
  const filesWritten = (policy: RigPolicy) => {
    const { rig, k, files } = twoFiles(policy);
    rig.submitNs = 1 * MS;
    rig.onRun = ({ indices }) => {
      if (indices[0] === 128) dirtyPage(k, nobody(), files[2]!, 0);
    };
    wakeupFlusherThreads(k, 8100);
    runUntil(rig, 2 * S);
    return new Set(rig.runs.map((run) => run.file)).size;
  };
  expect([{}, V2636].map(filesWritten)).toEqual([3, 2]);
});

test('§9.1 while the flusher runs 2.6.36 asks for no more background work; 2.6.35 sees an empty list', () => {
  const worksQueued = (policy: RigPolicy) => {
    const { rig, k, wb } = twoFiles(policy);
    rig.submitNs = 10 * MS;
    wakeupFlusherThreads(k, 1);
    runUntil(rig, 1 * MS);
    expect([wb.works.length, k.m.wbs[0]!.running]).toEqual([0, true]);
    k.m.bdis[0]!.reclaimablePages = 0; // nothing holds the dirtier back
    k.m.sysctl.dirtyRatio = 100;
    addTask(rig, [balanceNow]);
    runUntil(rig, 2 * MS);
    return wb.works.length;
  };
  expect([{}, V2636].map(worksQueued)).toEqual([1, 0]);
});

test('§9.1 2.6.36: being at a limit is being over it, the global one holds too, and a share is not clipped', () => {
  const outcome = (policy: RigPolicy, written: number) => {
    const rig = createRig({ config: { reservedPages: 16384 - 14300 }, policy });
    const { k, files } = rig;
    dirtyRange(k, nobody(), files[0]!, 0, 1000);
    k.vm[VM.nr_writeback] = written; // swap's: not the bdi's own
    const t = addTask(rig, [balanceNow]);
    runUntil(rig, 0);
    return {
      isHeld: t.state === SLEEPING,
      exceeded: k.m.bdis[0]!.dirtyExceeded,
      share: bdiThreshold(k, k.m.bdis[0]!, t, 2860),
    };
  };
  expect(outcome({}, 1860)).toEqual({ isHeld: false, exceeded: false, share: 1000 });
  expect(outcome(V2636, 1860)).toEqual({ isHeld: true, exceeded: true, share: 2860 });
  expect(outcome(V2636, 1859)).toEqual({ isHeld: false, exceeded: false, share: 2860 });
});

test('§9.1 2.6.38: the dirtier queues nothing, the flusher goes by the threshold and stops for other work', () => {
  const { rig, k, files, wb } = twoFiles(V2638);
  rig.submitNs = 1 * MS;
  startBackgroundWriteback(k, wb);
  expect(wb.works).toEqual([]);
  runUntil(rig, 4 * MS);
  files[2]!.dirtiedWhenNs = -1;
  dirtyPage(k, nobody(), files[2]!, 7);
  wb.works.push({ kind: WORK_PAGES, nrPages: 1 });
  runUntil(rig, 40 * MS);
  expect(rig.runs.slice(0, 8).map((run) => run.indices.length)).toEqual(Array(8).fill(128)); // the slice under way
  expect(wb.works).toEqual([]);
  runUntil(rig, 4 * S);
  expect(k.vm[VM.nr_file_dirty]).toBeLessThan(dirtyLimits(k).background);
  wb.works.push({ kind: WORK_BACKGROUND, nrPages: Infinity }, { kind: WORK_PAGES, nrPages: 1 });
  wakeupFlusherThreads(k, 0);
  runUntil(rig, 5 * S);
  expect(k.vm[VM.nr_file_dirty]).toBe(0);
});

test('§9.2 a chunk is half a second of the disk, an eighth of the limit or the rest, up to the next 1024 above', () => {
  const { k } = createRig({ policy: V32 });
  const chunk = (avgWriteBandwidth: number, dirtyLimit: number, left: number) => {
    k.m.bdis[0]!.rate.avgWriteBandwidth = avgWriteBandwidth;
    k.m.globalDirtyLimit.pages = dirtyLimit;
    return chunkSize(k, k.m.bdis[0]!, left);
  };
  expect(chunk(25600, 1e6, Infinity)).toBe(13 * 1024); // 12 800 pages
  expect(chunk(25600, 40000, Infinity)).toBe(5 * 1024); // 5000
  expect(chunk(25600, 1e6, 49)).toBe(1024);
  expect(chunk(25600, 1e6, 1024)).toBe(2048); // round_down(n + 1024)
});

test('§9.2 E22 chunks are per inode; the flusher comes back every 100 ms to see whether it may stop', () => {
  const { rig, k } = twoFiles(V32);
  k.m.globalDirtyLimit.pages = 12000; // 1500: chunks of 2048
  rig.submitNs = 8 * MS;
  wakeupFlusherThreads(k, 8000);
  runUntil(rig, 2 * S);
  expect(stretches(rig).slice(0, 4)).toEqual([
    [0, 2048],
    [1, 2048],
    [0, 1952],
    [1, 1952],
  ]);
  const stopped = twoFiles(V32);
  stopped.k.m.globalDirtyLimit.pages = 12000;
  stopped.rig.submitNs = 8 * MS;
  startBackgroundWriteback(stopped.k, stopped.wb);
  runUntil(stopped.rig, 10 * MS);
  stopped.k.m.sysctl.dirtyBackgroundRatio = 60; // above what is dirty: it may stop after the chunk in which 100 ms passed
  stopped.k.m.sysctl.dirtyRatio = 100;
  runUntil(stopped.rig, 2 * S);
  expect(stretches(stopped.rig)).toEqual([[0, 2048]]);
});

test('§9.2 3.2: at the threshold background stops, but goes on while the bdi has more than its share', () => {
  const { k, files } = createRig({ config: { reservedPages: 16384 - 14300, bdiWarm: true }, policy: V32 });
  dirtyRange(k, nobody(), files[0]!, 0, 1430);
  expect([isOverBackground(k, k.m.bdis[0]!), dirtyLimits(k).background]).toEqual([false, 1430]);
  k.m.bdis[0]!.completions = 0;
  expect(isOverBackground(k, k.m.bdis[0]!)).toBe(true);
});

test('§9.4 E21 6.1: many wake-ups ask once for everything; the wake storm of 2.6.35 queues a work each', () => {
  const storm = (policy: RigPolicy) => {
    const { rig, k, wb } = twoFiles(policy);
    rig.submitNs = 1 * MS;
    for (let wake = 0; wake < 10; wake++) wakeupFlusherThreads(k, 49);
    const queued = wb.works.length;
    runUntil(rig, 3 * MS);
    for (let wake = 0; wake < 10; wake++) wakeupFlusherThreads(k, 49);
    const again = wb.works.length;
    runUntil(rig, 4 * S);
    return { queued, again, dirty: k.vm[VM.nr_file_dirty]!, pending: wb.startAll };
  };
  expect(storm(V61)).toEqual({ queued: 0, again: 0, dirty: 0, pending: false });
  expect(storm({})).toEqual({ queued: 10, again: 19, dirty: 0, pending: false });
});

test('§9.1 §9.2 §9.3 R5.4 what is dirtyable: no floor from 2.6.37, less the high mark from 3.3, file pages alone in 6.1', () => {
  const limits = (dirtyLimitsOf: RigPolicy['dirtyLimits']) => {
    const rig = createRig({ config: { reservedPages: 6384, swapPages: 100 }, policy: { dirtyLimits: dirtyLimitsOf! } });
    const { k } = rig;
    k.m.sysctl.dirtyRatio = 1;
    const pfn = k.buddy.alloc(0);
    k.pages.reset(pfn);
    k.pages.setAnon(pfn);
    k.lru.add(pfn);
    return [dirtyableMemory(k), dirtyLimits(k).dirty];
  };
  const high = 384;
  expect(limits({})).toEqual([10001, 500]);
  expect(limits({ minRatio: 0 })).toEqual([10001, 100]);
  expect(limits({ minRatio: 0, reserve: (_free, mark) => mark })).toEqual([10001 - high, 96]);
  expect(limits({ minRatio: 0, anonIsDirtyable: false, reserve: Math.min })).toEqual([10000 - high, 96]);
});
