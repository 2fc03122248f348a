import { expect, test } from 'vitest';
import { VM } from '../machine/vmstat.ts';
import { SLEEPING } from '../sim/kthread.ts';
import { balanceDirtyPagesRatelimited } from './balance.ts';
import { dirtyState, freerunCeiling, positionRatio } from './dirty-rate.ts';
import { dirtyLimits } from './limits.ts';
import { pollInterval } from './pause.ts';
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

const MS = 1e6;
const S = 1e9;

const IO_LESS: RigPolicy = {
  flusherLists: { hasB3: false, startsOncePerWork: true },
  flusherWork: { queuesBackground: false, runningIsInProgress: true, yieldsToWork: true, chunksByBandwidth: true },
  dirtyThrottling: { dirtierWrites: false, globalLimitHolds: true, clipsShare: false },
};
const LESS_THINK_TIME: RigPolicy = {
  ...IO_LESS,
  dirtyThrottling: { ...IO_LESS.dirtyThrottling, countsThinkTime: true },
};

/** 14 301 dirtyable pages: background 1430, dirty 2860, free-run until 2145, set point 2502. */
const preset = (policy: RigPolicy) => createRig({ config: { reservedPages: 16384 - 14300 }, policy });

/** A writer that never rests: page after page, round and round its file. */
function* writer(rig: Rig, file: number): Generator<Call> {
  const space = rig.files[file]!;
  for (let page = 0; ; page++)
    yield (k, t) => {
      dirtyPage(k, t, space, page % space.sizePages);
      return balanceDirtyPagesRatelimited(k, t, k.space(0));
    };
}

/** Two writers against a disk of `pageNs` a page: the time each sleeps at once, and how much is dirty while they do. */
function twoWriters(policy: RigPolicy, pageNs: number, untilS: number) {
  const rig = createRig({ filePages: [6000, 6000], config: { reservedPages: 16384 - 14300 }, policy });
  rig.pageNs = pageNs;
  const { k } = rig;
  const flusher = addFlusher(rig);
  const tasks = [0, 1].map((file) => addTask(rig, writer(rig, file)));
  const pausesMs: number[] = [];
  let [least, most] = [Infinity, 0];
  let last: number[] = [];
  for (k.sched.horizonNs = untilS * S; k.sched.runOne(k); ) {
    const slept = tasks.map((t) => (t.state === SLEEPING ? t.sleptAtNs : -1));
    tasks.forEach((_, at) => {
      const ended = last[at]! >= 0 && slept[at] !== last[at];
      if (ended && k.nowNs > 3 * S) pausesMs.push((k.nowNs - last[at]!) / MS);
    });
    last = slept;
    if (k.nowNs <= 3 * S) continue;
    const dirty = k.vm[VM.nr_file_dirty]! + k.vm[VM.nr_writeback]!;
    [least, most] = [Math.min(least, dirty), Math.max(most, dirty)];
  }
  return { rig, k, flusher, pausesMs, least, most };
}

// 39, 78 and 156 MiB/s.
const SPEEDS = [0.1, 0.05, 0.025].map((ms) => ms * MS);

test.each([
  ['3.2', IO_LESS],
  ['3.3', LESS_THINK_TIME],
])('§9.2 %s: dirtiers sleep and never write; they dirty as much as the disk writes, below the limit', (_, policy) => {
  for (const pageNs of SPEEDS) {
    const { rig, k, flusher, pausesMs, least, most } = twoWriters(policy, pageNs, 8);
    expect(rig.runs.every((run) => run.by === flusher.id)).toBe(true);
    const limits = dirtyLimits(k);
    expect(most).toBeLessThanOrEqual(limits.dirty + 2 * k.m.globalDirtyLimit.ratelimitPages);
    expect(least).toBeGreaterThan(limits.background);
    // What is dirtied is written: all but what is still in memory.
    expect(k.vm[VM.pages_dirtied]! - k.m.bdis[0]!.writtenPages).toBeLessThanOrEqual(limits.dirty + 200);
    expect(k.m.bdis[0]!.writtenPages / ((8 * S) / pageNs)).toBeGreaterThan(0.9); // the disk does not run dry
    expect(pausesMs.length).toBeGreaterThan(50);
    expect(Math.max(...pausesMs)).toBeLessThanOrEqual(200);
  }
});

test('§9.2 the position ratio is 1 at the set point, more below, less above, and 0 from the limit on', () => {
  const { k } = preset(IO_LESS);
  const at = (dirty: number) => {
    k.vm[VM.nr_file_dirty] = dirty;
    k.m.bdis[0]!.reclaimablePages = dirty;
    return positionRatio(k, dirtyState(k, k.m.bdis[0]!)) / 1024;
  };
  const state = dirtyState(k, k.m.bdis[0]!);
  expect([freerunCeiling(state), state.limit]).toEqual([2145, 2860]);
  expect(at(2502)).toBeCloseTo(1, 2);
  expect(at(2145)).toBeCloseTo(2, 1);
  expect(at(2800)).toBeLessThan(0.5);
  expect(at(2860)).toBe(0);
  const curve = [2145, 2300, 2502, 2700, 2859].map(at);
  expect(curve).toEqual([...curve].sort((left, right) => right - left));
});

test('§9.2 in the free-run zone nobody sleeps; the next look comes the sooner the nearer the limit', () => {
  const { k, files } = preset(IO_LESS);
  const t = nobody();
  dirtyRange(k, t, files[0]!, 0, 1000);
  t.dirtiedSinceCheck = 31;
  expect(balanceDirtyPagesRatelimited(k, t, k.space(0))).toBe(0);
  expect([t.dirtiedSinceCheck, t.nrDirtiedPause]).toEqual([0, 32]); // 1 << (log2(1860) >> 1)
  const interval = (dirty: number) => pollInterval({ ...dirtyState(k, k.m.bdis[0]!), dirty, limit: 2860 });
  expect([0, 2844, 2856, 2859, 2860, 9999].map(interval)).toEqual([32, 4, 2, 1, 1, 1]);
});

test('§9.2 above half-way the flusher is woken before the dirtier sleeps; over the limit it looks every 8 pages', () => {
  const rig = preset(IO_LESS);
  const { k, files } = rig;
  addFlusher(rig);
  runUntil(rig, 1);
  rig.pageNs = Infinity;
  dirtyRange(k, nobody(), files[0]!, 0, 2146);
  const t = addTask(rig, [
    (_k, own) => {
      own.dirtiedSinceCheck = 799;
      return balanceDirtyPagesRatelimited(k, own, k.space(0));
    },
  ]);
  runUntil(rig, 1 * MS);
  expect(t.state).toBe(SLEEPING);
  expect(k.vm[VM.nr_writeback]).toBeGreaterThan(0);
  runUntil(rig, 1 * S);
  expect(k.vm[VM.throttled_ns]).toBeGreaterThanOrEqual(4 * MS); // bdi_max_pause() is 4 jiffies at least
  dirtyRange(k, nobody(), files[0]!, 2146, 2000);
  const stuck = addTask(rig, [
    (_k, own) => {
      own.dirtiedSinceCheck = 31;
      return balanceDirtyPagesRatelimited(k, own, k.space(0));
    },
  ]);
  runUntil(rig, 3 * S);
  expect(k.m.bdis[0]!.dirtyExceeded).toBe(true);
  expect(stuck.stack).toHaveLength(2); // at the limit nobody leaves until something is written
  const other = nobody();
  other.dirtiedSinceCheck = 6;
  expect(balanceDirtyPagesRatelimited(k, other, k.space(0))).toBe(0);
  expect(balanceDirtyPagesRatelimited(k, other, k.space(0))).not.toBe(0);
});

test('§9.2 3.3: what a task did since its last pause is taken off; a pause too short to be worth it is saved up', () => {
  const rig = preset(LESS_THINK_TIME);
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 0, 2502);
  const pauseAfter = (thoughtMs: number) => {
    const t = nobody();
    k.sim.nowNs = 20 * S;
    t.dirtyPausedWhen = 20000 - thoughtMs;
    t.dirtiedSinceCheck = 299; // 300 pages at 25 600 a second take 11 ms
    t.nrDirtiedPause = 1;
    balanceDirtyPagesRatelimited(k, t, k.space(0));
    k.sched.start(Object.assign(t, { id: k.sim.threads.length }));
    const before = k.vm[VM.throttled_ns]!;
    runUntil(rig, 21 * S);
    return (k.vm[VM.throttled_ns]! - before) / MS;
  };
  expect([0, 4, 9].map(pauseAfter)).toEqual([11, 7, 0]);
});
