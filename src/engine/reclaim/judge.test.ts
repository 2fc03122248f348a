import { expect, test } from 'vitest';
import { GFP_IO, GFP_KERNEL, GFP_NOFS, GFP_WAIT } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { machineFromText } from '../machine-from-text.ts';
import { checkReferences, REF_ACTIVATE, REF_KEEP, REF_RECLAIM, REF_RECLAIM_CLEAN } from './judge.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const filePass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);
const anonPass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, false);
/** What shrink_page_list() has counted: the painter's last thread. */
const scannedBy = (k: Kernel) => k.task(k.m.sim.threads.length - 1).sc.nrScanned;

test.each([
  // young, PG_referenced, anon
  [true, false, true, REF_ACTIVATE],
  [true, true, true, REF_ACTIVATE],
  [true, true, false, REF_ACTIVATE],
  [true, false, false, REF_KEEP],
  [false, true, false, REF_RECLAIM_CLEAN],
  [false, true, true, REF_RECLAIM_CLEAN],
  [false, false, false, REF_RECLAIM],
  [false, false, true, REF_RECLAIM],
])('R3.8 young %s, PG_referenced %s, anon %s → %s; lumpy: always reclaim', (young, referenced, anon, expected) => {
  expect(checkReferences(young, referenced, anon, false)).toBe(expected);
  expect(checkReferences(young, referenced, anon, true)).toBe(REF_RECLAIM);
});

test.each([
  ['a^', "a*'", 'inactive_file', 'kept, PG_referenced set'],
  ['a*^', "a*'", 'active_file', 'activated, PG_referenced set'],
  ["a*!'", 'a!', 'inactive_file', 'unmapped, dirty: kept without a write'],
  ['a*!', 'a!', 'inactive_file', 'dirty: kept without a write'],
] as const)('R3.8 R3.7 the file page %s becomes %s on %s: %s', (before, after, list, _why) => {
  const rig = machineFromText(`free 4\n inactive_file: ${before}`);

  rig.run('direct', filePass);

  expect(rig.list(list)).toBe(after);
  expect(rig.log).toEqual([]);
});

test('R3.7 asking for young ptes clears them: the second question is answered no', () => {
  const rig = machineFromText('free 4\n inactive_file: a^');

  expect(rig.k.pages.takeYoung(rig.pfn('a'))).toBe(true);
  expect(rig.k.pages.takeYoung(rig.pfn('a'))).toBe(false);
});

test('R3.8 a young anon page is activated at once, without PG_referenced', () => {
  const rig = machineFromText('free 4\n inactive_anon: a^');

  rig.run('direct', anonPass);

  expect(rig.list('active_anon')).toBe('a');
});

test('R3.8 row 1 of §3.6: a locked page is kept and not counted as scanned', () => {
  const rig = machineFromText('free 4\n inactive_file: a*@');

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a*@');
  expect(scannedBy(rig.k)).toBe(0);
});

test.each([
  ['inactive_file: a', 1],
  ["inactive_file: a'", 2],
  ['inactive_file: a~', 1],
  ["inactive_file: a~'", 2],
])('R3.27 rows 2 and 5 of §3.6: %s counts %i in sc.nr_scanned', (drawn, scanned) => {
  const rig = machineFromText(`free 4\n ${drawn}`);

  rig.run('direct', filePass);

  expect(scannedBy(rig.k)).toBe(scanned);
});

test('R3.27 row 5 of §3.6: a page of the swap cache counts twice', () => {
  const rig = machineFromText('free 4\n inactive_anon: a$');

  rig.run('direct', anonPass);

  expect(scannedBy(rig.k)).toBe(2);
});

test('R3.8 row 7 comes before row 8: a page under writeback keeps its reference bits', () => {
  const rig = machineFromText('free 4\n inactive_file: a*~^');

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a*~^');
});

test('R4.7 row 9 of §3.6: without __GFP_IO an anon page gets no slot and is kept', () => {
  const rig = machineFromText('free 4\n inactive_anon: a');

  rig.run('direct', anonPass, (t) => {
    t.sc.gfp = GFP_WAIT;
  });

  expect(rig.list('inactive_anon')).toBe('a');
  expect(rig.k.m.swap.freeSlots).toBe(63);
});

test('R4.7 row 9 of §3.6: swap full, the anon page is activated', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_anon: a');

  rig.run('direct', anonPass);

  expect(rig.list('active_anon')).toBe('a');
  expect(rig.vm.pgactivate).toBe(1);
});

test('R4.7 row 9 of §3.6: with a slot the page may enter the filesystem even under GFP_NOFS', () => {
  const rig = machineFromText('free 4\n inactive_anon: a');

  rig.run('direct', anonPass, (t) => {
    t.sc.gfp = GFP_NOFS;
  });

  expect(rig.list('inactive_anon')).toBe('a~%$');
  expect(rig.calls('swap_writepage')).toEqual(['a']);
});

test('R5.1 row 10 of §3.6: unmapping moves the dirty bit of the pte to the page, which is then written', () => {
  const rig = machineFromText("free 4\n inactive_file: a!'");
  rig.k.pages.makeWritable(rig.pfn('a'));
  rig.k.pages.setPteStored(rig.pfn('a'));
  rig.k.pages.takeYoung(rig.pfn('a'));

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a~%');
});

test.each([
  ['may not enter the filesystem', { gfp: GFP_WAIT | GFP_IO }],
  ['may not write', { gfp: GFP_KERNEL, mayWritepage: false }],
])('R3.27 row 11 of §3.6: a reclaimer that %s keeps a dirty page', (_why, sc) => {
  const rig = machineFromText('free 4\n inactive_file: a!');

  rig.run('direct', filePass, (t) => Object.assign(t.sc, sc));

  expect(rig.list('inactive_file')).toBe('a!');
  expect(rig.log).toEqual([]);
});

test('R3.22 a page activated while swap is more than half full gives its slot back', () => {
  const rig = machineFromText('free 4 swap 8\n inactive_anon: a$^ b$ c$ d$ e$');
  expect(rig.k.m.swap.freeSlots).toBe(2);

  rig.run('direct', anonPass);

  expect(rig.page('a')).toBe('a!'); // without its slot the page is the only copy: dirty
  expect(rig.list('active_anon')).toContain('a');
  expect(rig.vm.pgactivate).toBe(1);
});

test('R3.22 while swap is less than half full it keeps the slot', () => {
  const rig = machineFromText('free 4 swap 64\n inactive_anon: a$^');

  rig.run('direct', anonPass);

  expect(rig.list('active_anon')).toBe("a$'");
});

test('R3.23 a write that the disk finishes at once does not free the page in the same pass either', () => {
  const rig = machineFromText('free 4\n inactive_file: a! b!', { serviceNs: 0 });

  rig.run('direct', filePass);

  expect(rig.vm.pgsteal).toBe(0);
});

test('R3.8 row 13 of §3.6: a page that somebody holds is kept', () => {
  const rig = machineFromText('free 4\n inactive_file: a');
  rig.k.pages.columns.pins[rig.pfn('a')] = 1;

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a');
});

test('R6.8 R4.9 a page of the swap cache without users is freed, slot and all, and not written', () => {
  const rig = machineFromText('free 4\n inactive_anon: a$');
  const slot = rig.k.pages.columns.swapSlot[rig.pfn('a')]!;
  rig.k.pages.setDirtyFlag(rig.pfn('a'));
  rig.k.m.swap.users[slot] = 0;

  rig.run('direct', anonPass);

  expect(rig.free).toBe(5);
  expect(rig.k.m.swap.freeSlots).toBe(63);
  expect(rig.log).toEqual([]);
});
