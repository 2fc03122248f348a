import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTOR } from '../../abi/actor.ts';
import { hasBit } from '../machine/page-bits.ts';
import { removeFromPageCache } from '../machine/page-cache.ts';
import { trylockPage, unlockPage } from '../machine/page-lock.ts';
import { setPageWriteback } from '../machine/page-state.ts';
import { setWbc, type WritebackControl } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';
import { DEAD, SLEEPING } from '../sim/kthread.ts';
import { addTask, createRig, dirtyPage, dirtyRange, nap, nobody, type Rig, runUntil } from './test-rig.ts';
import { writeCachePages } from './write-cache-pages.ts';

const MS = 1e6;

function write(rig: Rig, set: Partial<WritebackControl>) {
  return addTask(rig, [
    (k, t) => {
      setWbc(t, { nrToWrite: Infinity, ...set });
      return writeCachePages(k, t, rig.files[0]!);
    },
  ]);
}
const writtenIndices = (rig: Rig) => rig.runs.flatMap((run) => run.indices);

/** R5.19 in one line per rule: two passes over the dirty pages in order, cut off at nr_to_write. */
function obvious(dirty: Set<number>, cyclic: boolean, from: number, to: number, nrToWrite: number): number[] {
  const sorted = [...dirty].sort((a, b) => a - b);
  const ahead = sorted.filter((index) => index >= from && (cyclic || index <= to));
  const wrapped = cyclic ? sorted.filter((index) => index < from) : [];
  return [...ahead, ...wrapped].slice(0, nrToWrite);
}

test('R5.19 property: pages go out in the order of the obvious model, in runs without a gap', () => {
  const scenario = fc.record({
    dirty: fc.uniqueArray(fc.nat(599), { maxLength: 400 }),
    cyclic: fc.boolean(),
    from: fc.nat(599),
    length: fc.nat(599),
    nrToWrite: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(Infinity)),
  });
  fc.assert(
    fc.property(scenario, ({ dirty, cyclic, from, length, nrToWrite }) => {
      const rig = createRig({ totalPages: 1024, filePages: [600] });
      const file = rig.files[0]!;
      for (const index of dirty) dirtyPage(rig.k, nobody(), file, index);
      file.writebackIndex = cyclic ? from : 7;
      const t = write(rig, { rangeCyclic: cyclic, rangeStart: from, rangeEnd: from + length, nrToWrite });
      runUntil(rig, 1);
      const expected = obvious(new Set(dirty), cyclic, from, from + length, nrToWrite);
      expect(writtenIndices(rig)).toEqual(expected);
      expect(t.state).toBe(DEAD);
      expect(t.wbc.nrToWrite).toBe(nrToWrite - expected.length);
      for (const { indices } of rig.runs) {
        expect(indices.length).toBeLessThanOrEqual(128);
        expect(indices.at(-1)! - indices[0]!).toBe(indices.length - 1);
      }
      if (!cyclic) expect(file.writebackIndex).toBe(7);
      else if (expected.length === nrToWrite) expect(file.writebackIndex).toBe(expected.at(-1)! + 1);
      for (let index = 0; index < 600; index++) {
        const pfn = file.pageOf[index]!;
        expect(hasBit(file.dirtyTag, index)).toBe(pfn >= 0 && rig.k.pages.isDirty(pfn)); // I8
      }
    }),
    { numRuns: 200 },
  );
});

test('R5.19 a whole-range walk that did not use up nr_to_write moves writeback_index, one that did leaves it', () => {
  for (const [nrToWrite, after] of [
    [Infinity, 50],
    [11, 50],
    [10, 3],
  ] as const) {
    const rig = createRig({ totalPages: 1024, filePages: [600] });
    dirtyRange(rig.k, nobody(), rig.files[0]!, 40, 10);
    rig.files[0]!.writebackIndex = 3;
    write(rig, { nrToWrite });
    runUntil(rig, 1);
    expect(writtenIndices(rig)).toHaveLength(10);
    expect(rig.files[0]!.writebackIndex).toBe(after);
  }
});

test('R5.19 nothing dirty: a cyclic walk ends at page 0', () => {
  const rig = createRig({ totalPages: 1024, filePages: [600] });
  rig.files[0]!.writebackIndex = 44;
  write(rig, { rangeCyclic: true });
  runUntil(rig, 1);
  expect(rig.files[0]!.writebackIndex).toBe(0);
});

test('R5.19 a locked page is waited for, and what was gathered goes out before', () => {
  const rig = createRig({ totalPages: 1024, filePages: [600] });
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 0, 10);
  const locked = files[0]!.pageOf[4]!;
  const holder = addTask(rig, [
    (_k, t) => (trylockPage(k, t, locked) ? 0 : -1),
    nap(10 * MS),
    () => {
      unlockPage(k, locked);
      return 0;
    },
  ]);
  const t = write(rig, { nrToWrite: 100 });
  runUntil(rig, 1 * MS);
  expect(t.state).toBe(SLEEPING);
  expect(k.pages.columns.pins[locked]).toBe(1);
  expect(writtenIndices(rig)).toEqual([0, 1, 2, 3]);
  runUntil(rig, 20 * MS);
  expect(holder.state).toBe(DEAD);
  expect(writtenIndices(rig)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(k.pages.columns.pins[locked]).toBe(0);
  expect(t.wbc.nrToWrite).toBe(90);
});

test('R5.19 a page that left the file while its lock was waited for is let go, and the next waiter is woken', () => {
  const rig = createRig({ totalPages: 1024, filePages: [600] });
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 0, 2);
  const gone = files[0]!.pageOf[0]!;
  addTask(rig, [
    (_k, t) => (trylockPage(k, t, gone) ? 0 : -1),
    nap(10 * MS),
    () => {
      k.pages.clearDirtyFlag(gone);
      removeFromPageCache(k, gone);
      unlockPage(k, gone);
      k.pages.clearContended(gone);
      return 0;
    },
  ]);
  const [first, second] = [write(rig, { nrToWrite: 100 }), write(rig, { nrToWrite: 100 })];
  runUntil(rig, 20 * MS);
  expect(writtenIndices(rig)).toEqual([1]);
  expect([first.state, second.state]).toEqual([DEAD, DEAD]);
  expect(k.pages.isLocked(gone)).toBe(false);
});

test('R5.19 dirty and under writeback: skipped with SYNC_NONE, waited for and written with SYNC_ALL', () => {
  for (const syncAll of [false, true]) {
    const rig = createRig({ totalPages: 1024, filePages: [600] });
    const { k, files } = rig;
    rig.pageNs = 5 * MS;
    dirtyRange(k, nobody(), files[0]!, 0, 3);
    write(rig, { rangeStart: 1, rangeEnd: 1 });
    runUntil(rig, 1);
    dirtyPage(k, nobody(), files[0]!, 1);
    write(rig, { syncAll });
    runUntil(rig, 1 * MS);
    expect(writtenIndices(rig)).toEqual(syncAll ? [1, 0] : [1, 0, 2]);
    runUntil(rig, 100 * MS);
    expect(writtenIndices(rig)).toEqual(syncAll ? [1, 0, 1, 2] : [1, 0, 2]);
    expect(k.vm[VM.nr_file_dirty]).toBe(syncAll ? 0 : 1);
  }
});

test('R5.19 I8 a page whose write somebody else has started while it was tagged is skipped', () => {
  const rig = createRig({ totalPages: 1024, filePages: [600] });
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 0, 1);
  const pfn = files[0]!.pageOf[0]!;
  k.pages.clearDirtyFlag(pfn); // cleared for I/O: the tag goes only with set_page_writeback()
  expect(hasBit(files[0]!.dirtyTag, 0)).toBe(true);
  write(rig, {});
  runUntil(rig, 1);
  expect(rig.runs).toEqual([]);
  setPageWriteback(k, pfn);
  expect(hasBit(files[0]!.dirtyTag, 0)).toBe(false);
});

test('P5.5 a range write of a reclaimer marks what it did not hold isolated as surplus', () => {
  const rig = createRig({ totalPages: 1024, filePages: [600] });
  const { k, files } = rig;
  dirtyRange(k, nobody(), files[0]!, 10, 5);
  const t = write(rig, { rangeStart: 10, rangeEnd: 14 });
  t.reclaiming = ACTOR.DIRECT;
  k.pages.setIsolated(files[0]!.pageOf[10]!, t.id);
  k.pages.setIsolated(files[0]!.pageOf[14]!, t.id);
  k.pages.setIsolated(files[0]!.pageOf[12]!, t.id + 1); // another reclaimer's
  runUntil(rig, 1);
  expect([10, 11, 12, 13, 14].map((index) => k.pages.isSurplus(files[0]!.pageOf[index]!))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(k.vm[VM.range_collateral_pages]).toBe(3);
  dirtyPage(k, nobody(), files[0]!, 11);
  expect(k.vm[VM.range_collateral_redirtied]).toBe(1);
});
