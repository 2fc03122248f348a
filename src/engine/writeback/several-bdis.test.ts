import { expect, test } from 'vitest';
import { endPageWriteback, setPageWriteback } from '../machine/page-state.ts';
import { DEAD, SLEEPING } from '../sim/kthread.ts';
import { balanceDirtyPagesRatelimited } from './balance.ts';
import { bdiThreshold } from './limits.ts';
import { bdiShare } from './shares.ts';
import {
  addFlusher,
  addTask,
  type Call,
  cachePage,
  createRig,
  dirtyPage,
  dirtyRange,
  nobody,
  type Rig,
  runUntil,
} from './test-rig.ts';
import { wakeupFlusherThreads } from './works.ts';

const MS = 1e6;
/** A file on each of two disks. */
const twoDisks = (bdiWarm = true) => createRig({ filePages: [8192, 8192], config: { disks: 2, bdiWarm } });

/** `count` page writes of a file come to their end. */
function complete({ k, files }: Rig, file: number, count: number): void {
  const pfn = cachePage(k, files[file]!, 0);
  for (let done = 0; done < count; done++) {
    setPageWriteback(k, pfn);
    endPageWriteback(k, pfn);
  }
}

test('R5.9 disks share by what they have written of late: warm ones begin alike, then 3 : 1 shows', () => {
  const rig = twoDisks();
  const shares = () => rig.k.m.bdis.map((bdi) => bdiShare(rig.k, bdi, 1000));
  expect(shares()).toEqual([500, 500]);
  for (let round = 0; round < 8192; round++) {
    complete(rig, 0, 3);
    complete(rig, 1, 1);
  }
  const [fast, slow] = shares();
  expect(Math.abs(fast! - 750)).toBeLessThan(20);
  expect(Math.abs(slow! - 250)).toBeLessThan(20);
  expect(rig.k.m.bdis.map(({ writtenPages }) => writtenPages)).toEqual([24576, 8192]);
});

test('R5.5 the share is clipped to what the other disk leaves, plus the disk’s own', () => {
  const rig = twoDisks();
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 0, 2500);
  dirtyRange(k, nobody(), files[1]!, 0, 100);
  const dirty = 2860;
  expect(k.m.bdis.map(({ reclaimablePages }) => reclaimablePages)).toEqual([2500, 100]);
  expect(bdiThreshold(k, k.m.bdis[1]!, nobody(), dirty)).toBe(260 + 100); // its share would be 1430
  expect(bdiThreshold(k, k.m.bdis[0]!, nobody(), dirty)).toBe(1430);
});

test('R5.6 R5.7 who writes to the disk over its share is held; a writer to the other one goes on', () => {
  const rig = twoDisks();
  rig.pageNs = Infinity; // neither disk writes
  const { k, files } = rig;
  for (let index = 0; index < 6000; index++) cachePage(k, files[1]!, index);
  dirtyRange(k, nobody(), files[0]!, 0, 2000);
  const writer = (file: number): Call[] => {
    const dirtyOne: Call = (kernel, t) => {
      dirtyPage(kernel, t, files[file]!, 3000 + t.dirtiedSinceCheck);
      return balanceDirtyPagesRatelimited(kernel, t, files[file]!);
    };
    return Array.from({ length: 600 }, () => dirtyOne);
  };
  const held = addTask(rig, writer(0));
  const free = addTask(rig, writer(1));
  runUntil(rig, 40 * MS);
  expect([held.state, free.state]).toEqual([SLEEPING, DEAD]);
  expect(k.m.bdis.map(({ dirtyExceeded }) => dirtyExceeded)).toEqual([true, false]);
});

test('R3.28 R5.11 wakeup_flusher_threads() queues one work per disk that has dirty inodes; each flusher writes its own', () => {
  const rig = createRig({ filePages: [512, 512, 512], config: { disks: 2 } }); // files 0 and 2 on the first disk
  const { k, files } = rig;
  const works = () => k.m.wbs.map(({ works: list }) => list.map(({ nrPages }) => nrPages));
  dirtyRange(k, nobody(), files[0]!, 0, 10);
  wakeupFlusherThreads(k, 32);
  expect(works()).toEqual([[32], []]);
  dirtyRange(k, nobody(), files[1]!, 0, 20);
  dirtyRange(k, nobody(), files[2]!, 0, 30);
  wakeupFlusherThreads(k, 7);
  expect(works()).toEqual([[32, 7], [7]]);
  expect(k.m.wbs.map(({ bDirty }) => bDirty)).toEqual([[2, 0], [1]]);
  const flushers = [addFlusher(rig, 0), addFlusher(rig, 1)];
  runUntil(rig, 50 * MS);
  for (const { by, file } of rig.runs) expect(by).toBe(flushers[file % 2]!.id);
  expect(new Set(rig.runs.map(({ file }) => file))).toEqual(new Set([0, 1, 2]));
});
