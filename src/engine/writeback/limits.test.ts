import { expect, test } from 'vitest';
import { VM } from '../machine/vmstat.ts';
import { dirtyableMemory } from './dirtyable.ts';
import { bdiThreshold, dirtyLimits, isOverBackground, ratelimitPages, writeChunkOf } from './limits.ts';
import { cachePage, createRig, dirtyRange, nobody } from './test-rig.ts';

/** The 64 MiB preset with 300 pages free and 14 000 on the LRU. */
function preset() {
  const rig = createRig({ filePages: [14000], config: { reservedPages: 16384 - 14300 } });
  for (let index = 0; index < 14000; index++) cachePage(rig.k, rig.files[0]!, index);
  return rig;
}

test('G7 dirty limits of the 64 MiB preset', () => {
  const { k, files } = preset();
  expect(k.buddy.freePages).toBe(300);
  expect(dirtyableMemory(k)).toBe(14301);
  expect(dirtyLimits(k)).toEqual({ background: 1430, dirty: 2860 });
  const writer = nobody();
  for (let round = 0; round < 40; round++) {
    dirtyRange(k, writer, files[0]!, 0, 2000);
    for (let index = 0; index < 2000; index++) k.pages.clearDirtyFlag(files[0]!.pageOf[index]!);
    k.vm[VM.nr_file_dirty] = 0;
    k.m.bdis[0]!.reclaimablePages = 0;
  }
  // After a few periods all recent dirtying is this writer's, but for what the halving rounds away.
  expect(2860 >> 3).toBe(357);
  expect(bdiThreshold(k, k.m.bdis[0]!, writer, 2860)).toBeGreaterThanOrEqual(2503);
  expect(bdiThreshold(k, k.m.bdis[0]!, writer, 2860)).toBeLessThanOrEqual(2504);
  expect(ratelimitPages(k)).toBe(512);
  expect(writeChunkOf(1, 512)).toBe(768);
});

test('R5.5 a single warm writer with all of the recent dirtying is held at 2503 of 2860 pages', () => {
  const { k } = preset();
  const writer = nobody();
  writer.dirtyEvents = 1 << (k.m.proportions.shift - 1);
  expect(bdiThreshold(k, k.m.bdis[0]!, writer, 2860)).toBe(2503);
  expect(bdiThreshold(k, k.m.bdis[0]!, nobody(), 2860)).toBe(2860);
});

test('R5.5 a share is clipped to what the others leave, plus what the bdi has itself', () => {
  const { k } = preset();
  k.vm[VM.nr_file_dirty] = 500;
  k.m.bdis[0]!.reclaimablePages = 500;
  k.vm[VM.nr_writeback] = 2000; // swap: not the bdi's
  expect(bdiThreshold(k, k.m.bdis[0]!, nobody(), 2860)).toBe(360 + 500);
  k.vm[VM.nr_writeback] = 9000;
  expect(bdiThreshold(k, k.m.bdis[0]!, nobody(), 2860)).toBe(500);
});

test('R5.4 the ratio counts as 5 at least; background at or above dirty becomes half of it', () => {
  const { k } = preset();
  Object.assign(k.m.sysctl, { dirtyRatio: 1, dirtyBackgroundRatio: 5 });
  expect(dirtyLimits(k)).toEqual({ dirty: 715, background: 357 });
  Object.assign(k.m.sysctl, { dirtyRatio: 100, dirtyBackgroundRatio: 0 });
  expect(dirtyLimits(k)).toEqual({ dirty: 14301, background: 0 });
});

test('R5.4 N18 anonymous pages are dirtyable only while a swap slot is free', () => {
  const { k } = createRig({ config: { reservedPages: 6384, swapPages: 100 } });
  const pfn = k.buddy.alloc(0);
  k.pages.reset(pfn);
  k.pages.setAnon(pfn);
  k.lru.add(pfn);
  expect(dirtyableMemory(k)).toBe(10001);
  k.m.swap.freeSlots = 0;
  expect(dirtyableMemory(k)).toBe(10000);
});

test('R5.6 ratelimit_pages: 1024 on 2 GiB with 4 cpus, never below 16; a chunk is 1.5 times what was dirtied', () => {
  const pages = (totalPages: number, ncpu: number) => ratelimitPages(createRig({ totalPages, config: { ncpu } }).k);
  expect(pages(524288, 4)).toBe(1024);
  expect(pages(524288 / 8, 4)).toBe(512);
  expect(pages(1024, 4)).toBe(16);
  expect(writeChunkOf(8, 1024)).toBe(1536);
  expect(writeChunkOf(15, 10)).toBe(22);
});

test('R5.15 background goes on at the threshold and stops below it', () => {
  const { k } = preset();
  k.vm[VM.nr_file_dirty] = 1430;
  expect(isOverBackground(k, k.m.bdis[0]!)).toBe(true);
  k.vm[VM.nr_file_dirty] = 1429;
  expect(isOverBackground(k, k.m.bdis[0]!)).toBe(false);
});
