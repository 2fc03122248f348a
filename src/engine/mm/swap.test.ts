import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { touchAnon } from './anon-fault.ts';

const MS = 1e6;
/** kswapd at its lowest priority: everything inactive is met, swapped out, and freed when met again. */
const reclaimAll = (k: Kernel, t: Task) => k.call.tryToFreePages(k, t, 0, 0xd0);

/** Ten pages swapped out and gone: the oldest, q10, in slot 1, the newest, q1, in slot 10. */
function swappedOut(head = 'free 40 high 1 swap 64'): Drawn {
  const rig = machineFromText(`${head}\n inactive_anon: q{10}`);
  for (let round = 0; round < 3 && rig.free < 50; round++) {
    rig.k.m.zone.lru.savedScan[0] = 31;
    rig.run('direct', reclaimAll);
    rig.passNs(200 * MS);
  }
  expect(rig.free).toBe(50);
  rig.log.length = 0;
  return rig;
}
const touch = (rig: Drawn, name: string, store: boolean) =>
  rig.run('task', (k, t) => touchAnon(k, t, Number(name.slice(1)) - 1, store));
const SWAP_START = 1e9 - 64 * 8;

test('R4.7 R4.9 swap-out: slots in LRU order, contiguous on disk, one 4 KiB bio each, counted in NR_WRITEBACK only', () => {
  const rig = machineFromText('free 40 high 1 swap 64\n inactive_anon: b a', { serviceNs: 1e12 });
  rig.k.m.zone.lru.savedScan[0] = 31;
  rig.start('direct', reclaimAll);
  rig.passNs(10 * MS);

  expect(rig.log.filter((line) => !line.startsWith('flusher'))).toEqual([
    'swap_writepage a',
    `bio W ${SWAP_START + 8}: a`,
    'swap_writepage b',
    `bio W ${SWAP_START + 16}: b`,
  ]);
  expect(rig.vm).toMatchObject({ pswpout: 2, nr_writeback: 2, nr_file_dirty: 0, nr_file_pages: 2 });
  expect(rig.k.m.bdis[0]!.writebackPages).toBe(0);
});

test('R4.10 swap-in reads the run of used slots inside the 8-aligned group, ascending, slot 0 excluded', () => {
  const rig = swappedOut();

  touch(rig, 'q6', false); // slot 5

  expect(rig.calls('bio').map((line) => Number.parseInt(line.slice(2), 10))).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((slot) => SWAP_START + slot * 8),
  );
  expect(rig.vm).toMatchObject({ pgmajfault: 1, pswpin: 7 });
});

test('R4.10 R3.2 the pages go to the head of inactive anon; the slot is kept, the page clean', () => {
  const rig = swappedOut();

  touch(rig, 'q6', false);

  expect(rig.pfnsOf('inactive_anon').length).toBe(7);
  expect(rig.page('q6')).toBe('q6$^');
  expect(rig.k.m.swap.freeSlots).toBe(63 - 10);
});

test('R4.10 a page found in the swap cache is a minor fault', () => {
  const rig = swappedOut();
  touch(rig, 'q6', false);

  touch(rig, 'q7', false);

  expect(rig.vm).toMatchObject({ pgmajfault: 1, pswpin: 7 });
});

test('R4.10 a neighbour already in the swap cache is not read again', () => {
  const rig = swappedOut();
  touch(rig, 'q1', false); // slot 10: reads 8, 9, 10
  expect(rig.vm.pswpin).toBe(3);
  touch(rig, 'q6', false);

  expect(rig.vm.pswpin).toBe(10);
});

test('R4.10 with no allocated neighbour only the target is read', () => {
  const rig = machineFromText('free 40 high 1 swap 64\n inactive_anon: q1');
  for (let round = 0; round < 3 && rig.free < 41; round++) {
    rig.k.m.zone.lru.savedScan[0] = 31;
    rig.run('direct', reclaimAll);
    rig.passNs(200 * MS);
  }

  touch(rig, 'q1', false);

  expect(rig.vm.pswpin).toBe(1);
});

test('R4.10 a write fault by the sole user frees the slot and makes the page dirty', () => {
  const rig = swappedOut();

  touch(rig, 'q6', true);

  expect(rig.page('q6')).toBe('q6!^');
  expect(rig.k.m.swap.freeSlots).toBe(63 - 9);
});

test('R4.10 more than half full, a load frees the slot too', () => {
  const rig = swappedOut('free 40 high 1 swap 16');

  touch(rig, 'q6', false);

  expect(rig.page('q6')).toBe('q6!^');
});

test('R4.10 a clean page of the swap cache is reclaimed again without I/O', () => {
  const rig = machineFromText('free 40 high 1 swap 64\n inactive_anon: a$');
  rig.k.m.zone.lru.savedScan[0] = 31;

  rig.run('direct', reclaimAll);

  expect(rig.page('a')).toBe('a gone');
  expect(rig.calls('bio')).toEqual([]);
});

test('I7 I9 what comes back from swap is what went out', () => {
  const rig = swappedOut();

  touch(rig, 'q6', false);

  expect(rig.k.pages.columns.version[rig.pfn('q6')]).toBe(1);
});

test('R4.11 no flusher writes anon: dirty pages of the swap cache give it no work', () => {
  const rig = machineFromText('free 4\n inactive_anon: a$! b$!');

  rig.k.call.wakeupFlusherThreads(rig.k, 100);

  expect(rig.k.m.wbs[0]!.works).toEqual([]);
});

test('R4.8 swap full: the anon page is kept active, nothing is lost', () => {
  const rig = machineFromText('free 40 high 1 swap 3\n inactive_anon: c b a', { serviceNs: 1e12 });
  rig.k.m.zone.lru.savedScan[0] = 31;

  rig.start('direct', reclaimAll);
  rig.passNs(10 * MS);

  expect(rig.list('active_anon')).toBe('c');
  expect(rig.k.m.swap.freeSlots).toBe(0);
});
