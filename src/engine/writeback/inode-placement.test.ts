import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inodeList, markInodeDirty, moveInode } from '../machine/inode-lists.ts';
import { B_DIRTY, B_IO, B_MORE_IO, CLEAN } from '../machine/space.ts';
import { createWritebackControl } from '../machine/task.ts';
import { placeInode, queueIo, redirtyTail, requeueIo } from './inode-placement.ts';
import { createRig, dirtyPage, nobody } from './test-rig.ts';

/** `count` small files, dirtied one second after the other, the first at 0. */
function dirtied(count: number, historicalBugs = true) {
  const rig = createRig({ totalPages: 1024, filePages: Array<number>(count).fill(32), sysctl: { historicalBugs } });
  for (const [second, file] of rig.files.entries()) {
    rig.k.m.sim.nowNs = second * 1e9;
    dirtyPage(rig.k, nobody(), file, 0);
  }
  return rig;
}

test('R5.3 R5.11 b_dirty holds the newest first; dirtying again neither moves nor stamps', () => {
  const { k, files } = dirtied(3);
  expect(k.m.wbs[0]!.bDirty).toEqual([2, 1, 0]);
  dirtyPage(k, nobody(), files[0]!, 1);
  expect(k.m.wbs[0]!.bDirty).toEqual([2, 1, 0]);
  expect(files[0]!.dirtiedWhenNs).toBe(0);
});

test('R5.12 B3 queue_io: b_more_io is worked off before what waited on b_io; expired inodes come last, oldest first', () => {
  const { k, files } = dirtied(6);
  moveInode(k, files[0]!, B_IO);
  moveInode(k, files[1]!, B_IO);
  moveInode(k, files[2]!, B_MORE_IO);
  moveInode(k, files[3]!, B_MORE_IO);
  queueIo(k, k.m.wbs[0]!, 4e9);
  // Taken from the end: 2, 3 (more_io), 0, 1 (waited), 4 (expired); 5 is too young.
  expect(k.m.wbs[0]!.bIo).toEqual([4, 1, 0, 3, 2]);
  expect(k.m.wbs[0]!.bMoreIo).toEqual([]);
  expect(k.m.wbs[0]!.bDirty).toEqual([5]);
  expect(files.map((file) => file.list)).toEqual([B_IO, B_IO, B_IO, B_IO, B_IO, B_DIRTY]);
});

test('R5.12 B3 off: b_more_io goes behind what waited, as in 2.6.36', () => {
  const { k, files } = dirtied(5, false);
  moveInode(k, files[0]!, B_IO);
  moveInode(k, files[1]!, B_IO);
  moveInode(k, files[2]!, B_MORE_IO);
  moveInode(k, files[3]!, B_MORE_IO);
  queueIo(k, k.m.wbs[0]!, Infinity);
  expect(k.m.wbs[0]!.bIo).toEqual([4, 3, 2, 1, 0]);
});

test('R5.18 redirty_tail stamps anew only when the newest inode of b_dirty is younger', () => {
  const { k, files } = dirtied(2);
  k.m.sim.nowNs = 9e9;
  moveInode(k, files[0]!, B_IO);
  redirtyTail(k, files[0]!);
  expect(k.m.wbs[0]!.bDirty).toEqual([0, 1]);
  expect(files[0]!.dirtiedWhenNs).toBe(9e9);
  moveInode(k, files[0]!, B_IO);
  moveInode(k, files[1]!, B_IO);
  redirtyTail(k, files[1]!); // b_dirty is empty
  expect(files[1]!.dirtiedWhenNs).toBe(1e9);
  redirtyTail(k, files[0]!); // and here its newest is older
  expect(files[0]!.dirtiedWhenNs).toBe(9e9);
});

/** Where writeback_single_inode() puts an inode: [dirtied again, tagged pages left, kupdate, slice used up] → list. */
const TABLE: readonly [boolean, boolean, boolean, boolean, number, number][] = [
  // 2.6.35   2.6.36
  [true, true, true, true, B_MORE_IO, B_MORE_IO],
  [true, true, true, false, B_DIRTY, B_DIRTY],
  [true, true, false, true, B_DIRTY, B_MORE_IO],
  [true, true, false, false, B_DIRTY, B_DIRTY],
  [true, false, true, true, B_MORE_IO, B_DIRTY],
  [true, false, true, false, B_DIRTY, B_DIRTY],
  [true, false, false, true, B_DIRTY, B_DIRTY],
  [true, false, false, false, B_DIRTY, B_DIRTY],
  [false, true, true, true, B_MORE_IO, B_MORE_IO],
  [false, true, true, false, B_DIRTY, B_DIRTY],
  [false, true, false, true, B_DIRTY, B_MORE_IO],
  [false, true, false, false, B_DIRTY, B_DIRTY],
  [false, false, true, true, CLEAN, CLEAN],
  [false, false, false, false, CLEAN, CLEAN],
];

test.each(TABLE)(
  'R5.17 B3 placement: redirtied %s, tagged %s, kupdate %s, slice used up %s',
  (redirtied, tagged, forKupdate, usedUp, bugs, fixed) => {
    for (const historicalBugs of [true, false]) {
      const { k, files } = createRig({ totalPages: 1024, filePages: [32], sysctl: { historicalBugs } });
      const file = files[0]!;
      markInodeDirty(k, file);
      if (tagged) dirtyPage(k, nobody(), file, 0);
      moveInode(k, file, B_IO);
      file.dirtyPages = redirtied;
      placeInode(k, file, { ...createWritebackControl(), forKupdate, nrToWrite: usedUp ? 0 : 5 });
      expect(file.list).toBe(historicalBugs ? bugs : fixed);
      expect(file.dirtyPages).toBe(file.list !== CLEAN);
    }
  },
);

test('I11 property: an inode is on one list, and b_dirty stays sorted by age', () => {
  const action = fc.record({ file: fc.nat(5), what: fc.constantFrom('dirty', 'queue', 'redirty', 'requeue', 'place') });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), fc.boolean(), (actions, historicalBugs) => {
      const { k, files } = createRig({
        totalPages: 1024,
        filePages: Array<number>(6).fill(32),
        sysctl: { historicalBugs },
      });
      for (const { file: at, what } of actions) {
        const file = files[at]!;
        k.m.sim.nowNs++;
        if (what === 'dirty') dirtyPage(k, nobody(), file, k.nowNs % 32);
        else if (what === 'queue') queueIo(k, k.m.wbs[0]!, k.nowNs - at);
        else if (file.list === B_IO) {
          if (what === 'redirty') redirtyTail(k, file);
          else if (what === 'requeue') requeueIo(k, file);
          else placeInode(k, file, { ...createWritebackControl(), nrToWrite: at % 2 });
        }
        const ages = k.m.wbs[0]!.bDirty.map((id) => -files[id]!.dirtiedWhenNs);
        expect(ages).toEqual([...ages].sort((a, b) => a - b));
        for (const one of files) {
          for (const list of [B_DIRTY, B_IO, B_MORE_IO]) {
            const times = inodeList(k.m.wbs[0]!, list)!.filter((id) => id === one.id).length;
            expect(times).toBe(one.list === list ? 1 : 0);
          }
        }
      }
    }),
  );
});
