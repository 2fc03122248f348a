import { expect, test } from 'vitest';
import { VM } from '../machine/vmstat.ts';
import { WORK_BACKGROUND } from '../machine/wb.ts';
import { SLEEPING } from '../sim/kthread.ts';
import { balanceDirtyPagesRatelimited } from './balance.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { bdiPages } from './limits.ts';
import {
  addFlusher,
  addTask,
  type Call,
  createRig,
  dirtyPage,
  dirtyRange,
  nap,
  nobody,
  type Rig,
  runUntil,
} from './test-rig.ts';

const MS = 1e6;
const S = 1e9;

/** 14 301 dirtyable pages: background 1430, dirty 2860, free-run until 2145, ratelimit 512. */
const preset = (hz = 1000) => createRig({ config: { reservedPages: 16384 - 14300, hz } });
const balance: Call = (k, t) => balanceDirtyPagesRatelimited(k, t, k.space(0));

/** Makes the next call look at the limits. */
const balanceNow: Call = (k, t) => {
  t.dirtiedSinceCheck = 511;
  return balanceDirtyPagesRatelimited(k, t, k.space(0));
};

/** A dd-like writer: one page after the other, `gapNs` between them, round and round the file. */
function* writer({ files }: Rig, gapNs: number): Generator<Call> {
  const file = files[0]!;
  for (let page = 0; ; page++) {
    yield (k, t) => {
      dirtyPage(k, t, file, page % file.sizePages);
      return balanceDirtyPagesRatelimited(k, t, k.space(0));
    };
    yield nap(gapNs);
  }
}

test('R5.6 the limits are looked at every 512 pages, every 8 once the bdi was over its limit', () => {
  const rig = preset();
  const { k } = rig;
  const t = nobody();
  const looksAt: number[] = [];
  for (let call = 1; call <= 1100; call++) {
    if (call === 1060) k.m.bdis[0]!.dirtyExceeded = true;
    balanceDirtyPagesRatelimited(k, t, k.space(0));
    if (t.dirtiedSinceCheck === 0) looksAt.push(call);
    // Nothing is dirty, so that the first look ends dirty_exceeded again.
  }
  expect(looksAt).toEqual([512, 1024, 1060]);
  expect(k.m.bdis[0]!.dirtyExceeded).toBe(false);
});

/** Times between the ends of a throttled writer's pauses: its bdi has everything under writeback, for ever. */
function pausesMs(hz: number, count: number): number[] {
  const rig = preset(hz);
  const { k } = rig;
  k.vm[VM.nr_writeback] = 6000;
  k.m.bdis[0]!.writebackPages = 6000;
  addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  const pauses: number[] = [];
  k.sched.horizonNs = 10 * S;
  while (pauses.length < count) {
    const before = k.nowNs;
    k.sched.runOne(k);
    pauses.push((k.nowNs - before) / MS);
  }
  return pauses;
}

test('G8 R5.7 pause ladder at HZ=1000, 250 and 100', () => {
  expect(pausesMs(1000, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 100]);
  expect(pausesMs(250, 8)).toEqual([4, 8, 16, 32, 64, 100, 100, 100]);
  expect(pausesMs(100, 6)).toEqual([10, 20, 40, 80, 100, 100]);
});

test('R5.7 the pauses are counted as throttled time', () => {
  const rig = preset();
  rig.k.vm[VM.nr_writeback] = 6000;
  rig.k.m.bdis[0]!.writebackPages = 6000;
  addTask(rig, [balanceNow]);
  runUntil(rig, 7 * MS);
  expect(rig.k.vm[VM.throttled_ns]).toBe(7 * MS);
});

test('R5.7 in the free-run zone, below half-way between the limits, nobody is held', () => {
  const rig = preset();
  rig.k.m.bdis[0]!.completions = 0; // cold: the bdi's own limit is 0
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 2144);
  addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  expect(rig.runs).toEqual([]);
  expect(rig.k.m.bdis[0]!.dirtyExceeded).toBe(false);
  expect(rig.k.m.wbs[0]!.works).toEqual([{ kind: WORK_BACKGROUND, nrPages: Infinity }]);
});

test('R5.7 R5.8 over the limit the dirtier writes a chunk of 768 itself, from writeback_index on, and goes its way', () => {
  const rig = preset();
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 3000);
  rig.files[0]!.writebackIndex = 100;
  const t = addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  const written = rig.runs.flatMap((run) => run.indices);
  expect(written).toEqual(Array.from({ length: 768 }, (_, at) => 100 + at));
  expect(rig.runs.every((run) => run.by === t.id && run.indices.length <= 128)).toBe(true);
  expect(t.stack).toEqual([]);
  expect(rig.k.m.bdis[0]!.dirtyExceeded).toBe(true);
  expect(rig.files[0]!.writebackIndex).toBe(868);
});

test('R5.7 who cannot write its chunk pauses until the disk has caught up', () => {
  const rig = preset();
  rig.pageNs = 1 * MS;
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 2300);
  rig.k.vm[VM.nr_writeback] = 700;
  rig.k.m.bdis[0]!.writebackPages = 700;
  const t = addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  expect(rig.runs).toEqual([]); // dirty alone is below the limit
  expect(t.state).toBe(SLEEPING);
  rig.k.vm[VM.nr_writeback] = 100;
  rig.k.m.bdis[0]!.writebackPages = 100;
  runUntil(rig, 2 * MS);
  expect(t.stack).toEqual([]);
  expect(rig.k.m.bdis[0]!.dirtyExceeded).toBe(false);
});

test('R5.7 background work is queued above the threshold, unless work waits already', () => {
  const rig = preset();
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 1430);
  addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  expect(rig.k.m.wbs[0]!.works).toEqual([]);
  dirtyRange(rig.k, nobody(), rig.files[0]!, 1430, 1);
  addTask(rig, [balanceNow, balanceNow]);
  runUntil(rig, 0);
  expect(rig.k.m.wbs[0]!.works).toHaveLength(1);
});

test('R5.7 in laptop mode only a dirtier that had to write wakes the flusher', () => {
  const rig = preset();
  rig.k.m.sysctl.laptopMode = true;
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 2000);
  addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  expect(rig.k.m.wbs[0]!.works).toEqual([]);
  dirtyRange(rig.k, nobody(), rig.files[0]!, 2000, 2000);
  addTask(rig, [balanceNow]);
  runUntil(rig, 0);
  expect(rig.k.m.wbs[0]!.works).toHaveLength(1);
});

/** Dirty and writeback pages as a part of dirtyable memory, mean of each second, of a writer faster than the disk. */
function plateau(bdiWarm: boolean): { ratios: number[]; rig: Rig } {
  const rig = createRig({ filePages: [6000], config: { reservedPages: 16384 - 14300, bdiWarm } });
  rig.pageNs = 0.3 * MS;
  addFlusher(rig);
  addTask(rig, writer(rig, 0.05 * MS));
  const ratios: number[] = [];
  for (let second = 1; second <= 12; second++) {
    let sum = 0;
    for (let ms = 0; ms < 1000; ms += 10) {
      runUntil(rig, (second - 1) * S + ms * MS);
      sum += bdiPages(rig.k.m.bdis[0]!) / dirtyableMemory(rig.k);
    }
    ratios.push(sum / 100);
  }
  return { ratios, rig };
}

test('E3 a warm bdi holds one writer between 15 and 20 % of dirtyable memory', () => {
  const { ratios, rig } = plateau(true);
  for (const ratio of ratios.slice(2)) {
    expect(ratio).toBeGreaterThan(0.15);
    expect(ratio).toBeLessThan(0.2);
  }
  expect(rig.k.vm[VM.throttled_ns]).toBeGreaterThan(0);
});

test('E4 a cold bdi holds it at 15 % first and lets it rise as the share converges', () => {
  const { ratios } = plateau(false);
  expect(ratios[1]).toBeGreaterThan(0.145);
  expect(ratios[1]).toBeLessThan(0.155);
  expect(ratios.at(-1)).toBeGreaterThan(0.175);
});

test('R5.6 the cheap call does nothing but count', () => {
  const rig = preset();
  const t = addTask(rig, Array<Call>(7).fill(balance));
  runUntil(rig, 0);
  expect(t.dirtiedSinceCheck).toBe(7);
});
