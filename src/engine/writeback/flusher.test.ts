import { expect, test } from 'vitest';
import { markInodeDirty } from '../machine/inode-lists.ts';
import { B_DIRTY, B_IO, B_MORE_IO, CLEAN } from '../machine/space.ts';
import { FLUSHER, PF_SWAPWRITE, setWbc } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_INODE_SYNC } from '../machine/waits.ts';
import { WORK_BACKGROUND, WORK_PAGES } from '../machine/wb.ts';
import { DEAD, SLEEPING } from '../sim/kthread.ts';
import { dirtyLimits } from './limits.ts';
import { syncInode } from './sync-inode.ts';
import { addFlusher, addTask, createRig, dirtyPage, dirtyRange, nap, nobody, type Rig, runUntil } from './test-rig.ts';
import { wakeupFlusherThreads, writebackIntervalChanged } from './works.ts';
import { writebackInodesWb } from './writeback-inodes.ts';

const MS = 1e6;
const S = 1e9;

/** Two files of 4000 dirty pages, the first a second older, and a flusher that sleeps. */
function twoFiles(historicalBugs = true) {
  const rig = createRig({ filePages: [4000, 4000, 100], sysctl: { historicalBugs } });
  const flusher = addFlusher(rig);
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 4000);
  runUntil(rig, 1 * S);
  dirtyRange(rig.k, nobody(), rig.files[1]!, 0, 4000);
  return { rig, flusher, k: rig.k, files: rig.files };
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

test('R3.28 every call queues one item while any inode is dirty or under I_SYNC, none when all are clean', () => {
  const { k, files } = createRig({ totalPages: 1024, filePages: [100] });
  wakeupFlusherThreads(k, 7);
  expect(k.m.wbs[0]!.works).toEqual([]);
  dirtyRange(k, nobody(), files[0]!, 0, 60);
  for (const pages of [7, 7, 0]) wakeupFlusherThreads(k, pages);
  expect(k.m.wbs[0]!.works).toEqual([7, 7, 60].map((nrPages) => ({ kind: WORK_PAGES, nrPages })));
  const other = createRig({ totalPages: 1024, filePages: [100] });
  other.files[0]!.underSync = true;
  wakeupFlusherThreads(other.k, 7);
  expect(other.k.m.wbs[0]!.works).toHaveLength(1);
});

test('R5.14 the flusher has PF_SWAPWRITE, sleeps 5 s at a time, and an interval of 0 ends the rhythm', () => {
  const rig = createRig({ totalPages: 1024, filePages: [100] });
  const flusher = addFlusher(rig);
  expect([flusher.kind, flusher.flags]).toEqual([FLUSHER, PF_SWAPWRITE]);
  runUntil(rig, 12 * S);
  expect(rig.k.m.wbs[0]!.lastOldFlushNs).toBe(10 * S);
  rig.k.m.sysctl.dirtyWritebackIntervalNs = 0;
  runUntil(rig, 100 * S);
  expect(rig.k.m.wbs[0]!.lastOldFlushNs).toBe(10 * S);
  dirtyPage(rig.k, nobody(), rig.files[0]!, 0);
  runUntil(rig, 200 * S);
  expect(rig.runs).toEqual([]);
  rig.k.m.sysctl.dirtyWritebackIntervalNs = 5 * S;
  writebackIntervalChanged(rig.k);
  runUntil(rig, 201 * S);
  expect(rig.runs).toHaveLength(1);
});

test('R5.14 works are taken in order of arrival, each off the list as it is started', () => {
  const { rig, k } = twoFiles();
  k.m.wbs[0]!.works.push({ kind: WORK_PAGES, nrPages: 1 }, { kind: WORK_PAGES, nrPages: 2 });
  rig.submitNs = 1 * MS;
  wakeupFlusherThreads(k, 3);
  runUntil(rig, 1 * S + 1 * MS);
  expect(k.m.wbs[0]!.works.map((work) => work.nrPages)).toEqual([2, 3]);
});

test('R5.15 N9 a request for 49 pages writes a slice of 1024', () => {
  const { rig, k } = twoFiles();
  wakeupFlusherThreads(k, 49);
  runUntil(rig, 2 * S);
  expect(stretches(rig)).toEqual([[0, 1024]]);
});

test('E21 R5.21 many small wake-ups flush the world', () => {
  const { rig, k } = twoFiles();
  for (let wake = 0; wake < 10; wake++) wakeupFlusherThreads(k, 49);
  runUntil(rig, 2 * S);
  expect(k.vm[VM.nr_file_dirty]).toBe(0);
  expect(k.m.wbs[0]!.works).toEqual([]);
});

test('R5.15 background work ends below the threshold, in whole slices', () => {
  const { rig, k } = twoFiles();
  k.m.wbs[0]!.works.push({ kind: WORK_BACKGROUND, nrPages: Infinity }, { kind: WORK_PAGES, nrPages: 0 });
  const { background } = dirtyLimits(k);
  wakeupFlusherThreads(k, 0);
  k.m.wbs[0]!.works.length = 1;
  runUntil(rig, 2 * S);
  expect(k.vm[VM.nr_file_dirty]).toBe(8000 - 7 * 1024);
  expect(k.vm[VM.nr_file_dirty]).toBeLessThan(background);
  expect(8000 - 6 * 1024).toBeGreaterThanOrEqual(background);
});

test('R5.13 explicit work starts every slice at page 0, background goes on at writeback_index', () => {
  for (const [kind, first] of [
    [WORK_PAGES, 0],
    [WORK_BACKGROUND, 2000],
  ] as const) {
    const { rig, k, files } = twoFiles();
    files[0]!.writebackIndex = 2000;
    k.m.sysctl.dirtyBackgroundRatio = 0;
    k.m.sysctl.dirtyRatio = 5;
    k.m.wbs[0]!.works.push({ kind, nrPages: 10 });
    wakeupFlusherThreads(k, 1);
    k.m.wbs[0]!.works.pop();
    runUntil(rig, 2 * S);
    expect(rig.runs[0]!.indices[0]).toBe(first);
    if (kind === WORK_PAGES) expect(files[0]!.writebackIndex).toBe(2000);
  }
});

test('E22 R5.18 two large files alternate in slices of 1024, and neither is stamped anew', () => {
  const { rig, k, files } = twoFiles();
  wakeupFlusherThreads(k, 6 * 1024);
  runUntil(rig, 2 * S);
  expect(stretches(rig)).toEqual([0, 1, 0, 1, 0, 1].map((file) => [file, 1024]));
  expect(files.slice(0, 2).map((file) => file.dirtiedWhenNs)).toEqual([0, 1 * S]);
});

test('E22 R5.18 a third inode dirtied during a slice makes the file of that slice start its 30 s again', () => {
  const { rig, k, files } = twoFiles();
  rig.submitNs = 1 * MS;
  rig.onRun = ({ file, indices }) => {
    if (file === 0 && indices[0] === 256) dirtyPage(k, nobody(), files[2]!, 0);
  };
  wakeupFlusherThreads(k, 1);
  runUntil(rig, 2 * S);
  expect(files[0]!.dirtiedWhenNs).toBeGreaterThan(1 * S);
  expect(files[1]!.dirtiedWhenNs).toBe(1 * S);
  expect(k.m.wbs[0]!.bDirty).toEqual([0, 2]);
});

test('E22 B3 off: a partly written file goes to b_more_io, behind the others, and keeps its age', () => {
  const { rig, k, files } = twoFiles(false);
  wakeupFlusherThreads(k, 2 * 1024);
  runUntil(rig, 2 * S);
  expect(stretches(rig)).toEqual([0, 1].map((file) => [file, 1024]));
  expect(files.slice(0, 2).map((file) => file.list)).toEqual([B_IO, B_MORE_IO]);
  expect(k.m.wbs[0]!.bDirty).toEqual([]);
  expect(files[0]!.dirtiedWhenNs).toBe(0);
});

test('E22 R5.16 kupdate goes on with what is left on b_io whatever its age', () => {
  const { rig, k, files } = twoFiles();
  wakeupFlusherThreads(k, 1024); // takes both onto b_io, writes from the first only
  runUntil(rig, 4 * S);
  expect(files.slice(0, 2).map((file) => file.list)).toEqual([B_DIRTY, B_IO]);
  runUntil(rig, 7 * S);
  expect(stretches(rig)[1]).toEqual([1, 4000]); // 5 s old, not 30
  expect(files[0]!.list).toBe(B_DIRTY);
});

test('E23 a small file is written within 5 s after it is 30 s old', () => {
  const rig = createRig({ totalPages: 1024, filePages: [100] });
  addFlusher(rig);
  runUntil(rig, 2 * S);
  dirtyRange(rig.k, nobody(), rig.files[0]!, 0, 50);
  runUntil(rig, 32 * S);
  expect(rig.runs).toEqual([]);
  runUntil(rig, 37 * S);
  expect(rig.runs[0]!.indices).toHaveLength(50);
  expect(rig.files[0]!.list).toBe(CLEAN);
});

test('E35 after the load all dirty pages leave within 35 s and every inode is clean', () => {
  const { rig, k, files } = twoFiles();
  k.m.wbs[0]!.works.push({ kind: WORK_BACKGROUND, nrPages: Infinity });
  runUntil(rig, 6 * S);
  expect(k.vm[VM.nr_file_dirty]).toBeGreaterThan(0);
  runUntil(rig, 42 * S);
  expect(k.vm[VM.nr_file_dirty]! + k.vm[VM.nr_writeback]!).toBe(0);
  expect(files.map((file) => file.list)).toEqual([CLEAN, CLEAN, CLEAN]);
});

test('R5.16 an inode dirtied after the walk began ends it; a used-up slice says more_io', () => {
  const { rig, k, files } = twoFiles();
  let calls = 0;
  const t = addTask(rig, [
    (_k, own) => {
      setWbc(own, { nrToWrite: 5000, rangeCyclic: true });
      return writebackInodesWb(k, own, k.m.wbs[0]!);
    },
  ]);
  rig.onRun = () => {
    if (calls++ > 0) return;
    files[1]!.dirtiedWhenNs = k.nowNs + 1;
  };
  runUntil(rig, 1 * S + 1);
  expect(stretches(rig)).toEqual([[0, 4000]]);
  expect(files[1]!.list).toBe(B_IO);
  expect([t.wbc.nrToWrite, t.wbc.moreIo]).toEqual([1000, false]);
  files[1]!.dirtiedWhenNs = 0;
  const other = addTask(rig, [
    (_k, own) => {
      setWbc(own, { nrToWrite: 10 });
      return writebackInodesWb(k, own, k.m.wbs[0]!);
    },
  ]);
  runUntil(rig, 1 * S + 1);
  expect([other.wbc.nrToWrite, other.wbc.moreIo]).toEqual([0, true]);
});

test('R5.16 a file whose pages the filesystem refused is put off', () => {
  const rig = createRig({ totalPages: 1024, filePages: [100] });
  const { k, files } = rig;
  markInodeDirty(k, files[0]!);
  Object.assign(k.call, {
    doWritepages: (_k: unknown, t: { wbc: { pagesSkipped: number } }) => {
      t.wbc.pagesSkipped++;
      return 0;
    },
  });
  addTask(rig, [
    (_k, own) => {
      setWbc(own, { nrToWrite: 10 });
      return writebackInodesWb(k, own, k.m.wbs[0]!);
    },
  ]);
  runUntil(rig, 1);
  expect(files[0]!.list).toBe(B_DIRTY);
});

test('R5.17 R5.20 who meets I_SYNC goes on with the other files; the flusher waits for it only when nothing is left', () => {
  const { rig, flusher, k, files } = twoFiles();
  rig.submitNs = 10 * MS;
  const writer = addTask(rig, [
    (_k, own) => {
      setWbc(own, { nrToWrite: 1536, rangeCyclic: true });
      return writebackInodesWb(k, own, k.m.wbs[0]!);
    },
  ]);
  runUntil(rig, 1 * S + 1 * MS);
  expect(files[0]!.underSync).toBe(true);
  wakeupFlusherThreads(k, 4096);
  runUntil(rig, 1 * S + 2 * MS);
  expect(files[0]!.list).toBe(B_MORE_IO);
  expect(rig.runs.at(-1)).toMatchObject({ by: flusher.id, file: 1 });
  runUntil(rig, 4 * S);
  expect(writer.state).toBe(DEAD);
  expect(rig.runs.filter((run) => run.by === flusher.id && run.file === 0).length).toBeGreaterThan(0);
});

test('R5.15 nothing written and an inode busy: the flusher sleeps until its I_SYNC is over', () => {
  const rig = createRig({ totalPages: 1024, filePages: [100] });
  const flusher = addFlusher(rig);
  const { k, files } = rig;
  rig.submitNs = 10 * MS;
  dirtyRange(k, nobody(), files[0]!, 0, 50);
  addTask(rig, [
    (_k, own) => {
      setWbc(own, { nrToWrite: 25 });
      return writebackInodesWb(k, own, k.m.wbs[0]!);
    },
  ]);
  runUntil(rig, 1 * MS);
  wakeupFlusherThreads(k, 100);
  runUntil(rig, 2 * MS);
  expect(flusher.fns.map((fn) => k.sched.table[fn]!.name)).toEqual(['bdi_writeback_task', 'wb_writeback']);
  expect(flusher.state).toBe(SLEEPING);
  runUntil(rig, 40 * MS);
  expect(stretches(rig)).toEqual([[0, 50]]);
});

test('R5.17 fsync waits for the data, then for the I_SYNC of somebody else, and leaves the inode clean', () => {
  const rig = createRig({ totalPages: 1024, filePages: [100] });
  const { k, files } = rig;
  rig.pageNs = 1 * MS;
  dirtyRange(k, nobody(), files[0]!, 0, 50);
  const t = addTask(rig, [(_k, own) => syncInode(k, own, files[0]!)]);
  runUntil(rig, 49 * MS);
  expect(t.state).toBe(SLEEPING);
  expect(rig.runs).toHaveLength(1);
  runUntil(rig, 51 * MS);
  expect(t.state).toBe(DEAD);
  expect(files[0]!.list).toBe(CLEAN);

  dirtyRange(k, nobody(), files[0]!, 0, 1);
  files[0]!.underSync = true;
  const blocked = addTask(rig, [(_k, own) => syncInode(k, own, files[0]!)]);
  const other = addTask(rig, [
    nap(100 * MS),
    () => {
      files[0]!.underSync = false;
      return k.sched.wakeAll(WAIT_INODE_SYNC, files[0]!.id) - 1;
    },
  ]);
  runUntil(rig, 150 * MS);
  expect(blocked.state).toBe(SLEEPING);
  runUntil(rig, 160 * MS);
  expect([blocked.state, other.state]).toEqual([DEAD, DEAD]);
  expect(files[0]!.list).toBe(CLEAN);
});
