import { expect, test } from 'vitest';
import { ACCESS, type Recording } from '../../abi/recording.ts';
import { isStore, packTouches, pageOfTouch } from './mmu.ts';
import { createPageColumns } from './page-columns.ts';
import { PageTable } from './page-table.ts';

const PAGE_BYTES = 4096;

const LOAD = ACCESS.FAULT_READ;
const STORE = ACCESS.FAULT_WRITE;

function packed(...touches: readonly (readonly [page: number, what: number])[]): Int32Array {
  const pos = Float64Array.from(touches, ([page]) => page * PAGE_BYTES);
  return packTouches({ pos, what: Uint8Array.from(touches, ([, what]) => what) } as unknown as Recording, PAGE_BYTES);
}

test('a touch keeps its page, up to the largest file, and whether it stores', () => {
  const touches = packed([0, LOAD], [5, STORE], [16_777_215, STORE]);
  expect(Array.from(touches, (touch) => [pageOfTouch(touch), isStore(touch)])).toEqual([
    [0, false],
    [5, true],
    [16_777_215, true],
  ]);
});

test('a run of touches sets the young and dirty bits, and stops before the first that faults', () => {
  const pages = new PageTable(createPageColumns(4));
  // Page 0 of the file is writable, page 1 read-only, page 2 cached and not mapped, page 3 not cached.
  const pageOf = Int32Array.of(2, 1, 0, -1);
  const run = (...touches: readonly (readonly [number, number])[]) =>
    pages.touchMappedRun(pageOf, packed(...touches), 0, touches.length);
  pages.map(2, true);
  pages.map(1, false);
  pages.takeYoung(2);
  pages.takeYoung(1);

  expect(run([0, LOAD], [0, LOAD], [1, LOAD])).toBe(3);
  expect([pages.isYoung(2), pages.isYoung(1), pages.isPteDirty(2), pages.columns.version[2]]).toEqual([
    true,
    true,
    false,
    0,
  ]);
  expect(run([0, STORE], [1, STORE])).toBe(1);
  expect([pages.isPteDirty(2), pages.columns.version[2], pages.isPteDirty(1)]).toEqual([true, 1, false]);
  expect([run([1, LOAD], [2, LOAD]), run([3, LOAD]), run([3, STORE])]).toEqual([1, 0, 0]);
  pages.map(2, false);
  expect([pages.isPteDirty(2), pages.isPteWritable(2)]).toEqual([true, true]); // a second mapping takes nothing away
});

test('laps count to 255 and leave the other flags alone', () => {
  const pages = new PageTable(createPageColumns(2));
  pages.setDirtyFlag(1);
  for (const [laps, counted] of [
    [1, 1],
    [255, 255],
    [256, 255],
    [0, 0],
  ] as const) {
    pages.setLaps(1, laps);
    expect([pages.lapsOf(1), pages.isDirty(1), pages.lapsOf(0)]).toEqual([counted, true, 0]);
  }
});
