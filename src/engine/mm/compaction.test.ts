import { expect, test } from 'vitest';
import { GFP_KERNEL, GFP_NOFS, GFP_USER } from '../machine/gfp.ts';
import { MOVABLE } from '../machine/migrate-type.ts';
import { freePage, removeFromPageCache } from '../machine/page-cache.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { endPageWriteback } from '../machine/page-state.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { WAIT_CONGESTION, WAIT_PAGE_LOCK, WAIT_PAGE_WRITEBACK } from '../machine/waits.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { compactZone } from './compaction.ts';
import { fragmentationIndex, isDeferred, isWorthwhile, noteOutcome } from './compaction-rules.ts';
import { isolateFreePages, isolateMigratePages } from './compaction-scan.ts';
import { allocPages } from './page-alloc.ts';

const MS = 1e6;
const GFP_FS_IO = GFP_USER;

/** 128 frames in pageblocks of 32; p128 is in frame 0, p1 in frame 127, and every second one of them is free. `mark` is p128's. */
function checkered(mark = '', compaction = true, kernel = 'v2.6.35-rc2'): Drawn {
  const rig = machineFromText(`min 1 low 2 high 3 swap 64 free 0\n inactive_file: p{127} last${mark}`, {
    config: { pageblockOrder: 5, compaction },
    kernel,
  });
  rig.k.m.zone.buddy.blockTypes.fill(MOVABLE);
  for (let at = 1; at <= 127; at += 2) drop(rig, `p${at}`);
  return rig;
}
function drop(rig: Drawn, name: string): void {
  const pfn = rig.pfn(name);
  rig.k.lru.remove(pfn);
  removeFromPageCache(rig.k, pfn);
  freePage(rig.k, pfn);
}
const alloc = (rig: Drawn, order: number) => rig.run('task', (k, t) => allocPages(k, t, GFP_USER, order));

test('R2.8 a costly request gets its block by moving pages, and every page is found where it went', () => {
  const rig = checkered('*!');
  const dirtyBefore = rig.vm.nr_file_dirty;

  const pfn = alloc(rig, 4);

  expect(pfn % 16).toBe(0);
  expect(rig.vm).toMatchObject({ compact_success: 1, allocstall: 0, nr_file_dirty: dirtyBefore, nr_isolated_file: 0 });
  expect(rig.vm.compact_pages_moved).toBeGreaterThanOrEqual(8);
  expect(rig.page('last')).toBe('last*!');
  expect(rig.pfn('last')).toBeGreaterThan(64); // moved from the bottom to the top
  expect(rig.free).toBe(64 - 16);
});

test('R2.8 off by default: the request reclaims instead', () => {
  const rig = checkered('', false);

  alloc(rig, 4);

  expect(rig.vm.compact_pages_moved).toBe(0);
  expect(rig.vm.allocstall).toBeGreaterThan(0);
});

test('§0.3-4 R2.8 2.6.34 has no compaction whatever the machine is built with: the request reclaims', () => {
  const rig = checkered('', true, 'v2.6.34');

  alloc(rig, 4);

  expect(rig.vm.compact_success + rig.vm.compact_fail).toBe(0);
  expect(rig.vm.allocstall).toBeGreaterThan(0);
});

test('R2.8 anon memory moves with its pte, its swap slot and its cache entry', () => {
  const rig = machineFromText('min 1 low 2 high 3 swap 64 free 0\n inactive_file: p{126}\n inactive_anon: b$ a', {
    config: { pageblockOrder: 5, compaction: true },
  });
  for (let at = 1; at <= 125; at += 2) drop(rig, `p${at}`);

  rig.run('task', (k, t) => compactZone(k, t, 6, MOVABLE));

  expect([rig.page('a'), rig.page('b')]).toEqual(['a', 'b$']);
  expect(rig.pfn('a')).toBeGreaterThan(31);
  expect(rig.k.swap.cacheOf[rig.k.pages.columns.swapSlot[rig.pfn('b')]!]).toBe(rig.pfn('b'));
});

test('R2.8 only orders above 3, with FS and IO, with memory enough, and where fragmentation is to blame', () => {
  const { k } = checkered();

  expect(fragmentationIndex(k, 4)).toBe(1000 - Math.floor((1000 + 4000) / 64));
  expect([isWorthwhile(k, GFP_FS_IO, 3), isWorthwhile(k, GFP_NOFS, 4), isWorthwhile(k, GFP_KERNEL, 4)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(isWorthwhile(k, GFP_KERNEL, 5)).toBe(false); // 64 free is not more than low + 2 × 32
  expect(fragmentationIndex(machineFromText('free 16').k, 3)).toBe(-1000); // compaction would begin, and end at once
  const full = machineFromText('free 0\n inactive_file: p{8}');
  expect(fragmentationIndex(full.k, 4)).toBe(0);
  // Short of memory rather than fragmented: at most 500.
  const short = machineFromText('free 4\n inactive_file: p{12}');
  expect(fragmentationIndex(short.k, 4)).toBeLessThanOrEqual(500);
});

test('R2.8 deferral: after the n-th failure in a row 2^n - 1 attempts are skipped, n at most 6; success forgets', () => {
  const { k } = checkered();
  const skipped = () => {
    let count = 0;
    while (isDeferred(k)) count++;
    return count;
  };

  expect(skipped()).toBe(0);
  const counts = Array.from({ length: 8 }, () => {
    noteOutcome(k, false);
    return skipped();
  });
  expect(counts).toEqual([1, 3, 7, 15, 31, 63, 63, 63]);
  noteOutcome(k, true);
  expect(skipped()).toBe(0);
});

test('R2.8 the migrate scanner takes LRU pages of any list, at most 32 and never across a pageblock', () => {
  const rig = machineFromText('min 1 low 2 high 3 free 64\n active_file: q{8}\n inactive_file: p{56}', {
    config: { pageblockOrder: 5 },
  });
  const scan = { migratePfn: 24, freePfn: 128, free: [] };

  const found = isolateMigratePages(rig.k, rig.k.task(0), scan);

  expect(found).toEqual([24, 25, 26, 27, 28, 29, 30, 31]);
  expect(scan.migratePfn).toBe(32);
  const rest = isolateMigratePages(rig.k, rig.k.task(0), { migratePfn: 32, freePfn: 128, free: [] });
  expect([rest.length, rest.some((pfn) => rig.k.pages.isActive(pfn))]).toEqual([32, true]);
  expect(isolateMigratePages(rig.k, rig.k.task(0), { migratePfn: 70, freePfn: 90, free: [] })).toEqual([]);
});

test('R2.8 the free scanner goes down, takes MOVABLE pageblocks only, and leaves order 0 above low', () => {
  const { k } = checkered();
  const { blockTypes } = k.m.zone.buddy;
  blockTypes.set([2, 2, 0, 3]); // MOVABLE, MOVABLE, UNMOVABLE, RESERVE
  const scan = { migratePfn: 0, freePfn: 128, free: [] as number[] };
  isolateFreePages(k, scan, 8);
  expect([scan.free, scan.freePfn]).toEqual([[], 32]); // none above: the scanners will meet

  blockTypes.set([2, 2, 2, 3]);
  const higher = { migratePfn: 0, freePfn: 128, free: [] as number[] };
  isolateFreePages(k, higher, 8);
  expect([higher.free.length, higher.freePfn]).toEqual([16, 64]); // a whole pageblock at a time
  expect(higher.free.every((pfn) => pfn >= 64 && pfn < 96)).toBe(true);

  const tight = checkered();
  Object.assign(tight.k.m.zone, { low: 60, high: 60 });
  const few = { migratePfn: 0, freePfn: 128, free: [] as number[] };
  isolateFreePages(tight.k, few, 32);
  expect(few.free.length).toBe(3); // 64, 63 and 62 free pages are more than 61
});

test('R2.8 from the fourth pass on it waits for a page lock and for a write in flight', () => {
  const locked = checkered('@');
  const { t } = locked.start('task', (k, task) => compactZone(k, task, 7, MOVABLE));
  locked.passNs(1 * MS);
  expect(t.waitKind).toBe(WAIT_PAGE_LOCK);
  unlockPage(locked.k, locked.pfn('last'));
  locked.passNs(1 * MS);
  expect(locked.pfn('last')).toBeGreaterThan(64);

  const written = checkered('~');
  const waiter = written.start('task', (k, task) => compactZone(k, task, 7, MOVABLE)).t;
  written.passNs(1 * MS);
  expect(waiter.waitKind).toBe(WAIT_PAGE_WRITEBACK);
  endPageWriteback(written.k, written.pfn('last'));
  written.passNs(1 * MS);
  expect(written.page('last')).toBe('last');
  expect(written.pfn('last')).toBeGreaterThan(64);
});

test('R2.8 more isolated than inactive, anon and file together: naps of 100 ms', () => {
  const rig = machineFromText('min 1 low 2 high 3 free 64\n inactive_file: p{64}', { config: { pageblockOrder: 5 } });
  rig.start('direct', (k, t) => {
    isolateMigratePages(k, t, { migratePfn: 0, freePfn: 128, free: [] });
    isolateMigratePages(k, t, { migratePfn: 32, freePfn: 128, free: [] });
    return 0;
  });
  const { t } = rig.start('task', (k, task) => compactZone(k, task, 7, MOVABLE));
  rig.passNs(150 * MS);

  expect(t.waitKind).toBe(WAIT_CONGESTION);
});

test('R2.8 a run that does not yield the block counts as failed, and the request goes on to reclaim', () => {
  const rig = checkered();
  for (let at = 2; at <= 126; at += 2) rig.k.pages.columns.pins[rig.pfn(`p${at}`)] = 1; // somebody copies to them
  rig.k.pages.columns.pins[rig.pfn('last')] = 1;

  expect(alloc(rig, 4)).toBe(NO_PAGE);

  expect(rig.vm).toMatchObject({ compact_fail: 1, compact_success: 0, compact_pages_moved: 0, nr_isolated_file: 0 });
  expect(rig.k.m.compaction.deferShift).toBe(1);
  expect(rig.vm.allocstall).toBe(1);
});
