import { expect, test } from 'vitest';
import { markPageAccessed } from '../machine/lru-moves.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const MS = 1e6;
const NO_FILE_WRITES = { directFile: 'no', directAnon: 'no' } as const;

/** A direct reclaimer skips page d; then the file is written as the flusher would. */
function skippedThenCleaned(skippedDirty: string, between: (rig: Drawn) => void = () => {}): string {
  const rig = machineFromText('free 4\n inactive_file: p{3}@ d! o{3}@', {
    answers: { ...NO_FILE_WRITES, skippedDirty },
  });
  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));
  between(rig);
  rig.run('kswapd', (k, t) => {
    Object.assign(t.wbc, { nrToWrite: Infinity, rangeStart: 0, rangeEnd: Infinity });
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  rig.passNs(5 * MS);
  return rig.list('inactive_file').replace(/@/g, '');
}

test('R3.40 a tagged page is rotated to the tail when the flusher’s write of it ends; an untagged one stays', () => {
  expect(skippedThenCleaned('tag')).toBe('p1 p2 p3 o1 o2 o3 d');
  expect(skippedThenCleaned('in-place')).toBe('p1 p2 p3 d o1 o2 o3');
});

test('R3.40 set aside: the page goes back first, older than the other kept ones', () => {
  expect(skippedThenCleaned('aside')).toBe('p1 p2 p3 o1 o2 o3 d');
});

test('R3.40 before 2.6.39 clear_page_dirty_for_io() clears the tag: set by hand over the base it has no effect', () => {
  const tagged = (rig: Drawn) => rig.k.pages.setReclaim(rig.pfn('d'));

  expect(skippedThenCleaned('in-place', tagged)).toBe('p1 p2 p3 d o1 o2 o3');
});

test('R3.40 the tag goes when the page is dirtied anew, since it was for the old content', () => {
  const rig = machineFromText('free 4\n inactive_file: d%', { answers: { ...NO_FILE_WRITES, skippedDirty: 'tag' } });
  rig.k.pages.columns.version[rig.pfn('d')]!++;
  setPageDirty(rig.k, rig.k.task(0), rig.pfn('d'));

  expect(rig.page('d')).toBe('d!');
});

const OWN_LIST = { ...NO_FILE_WRITES, skippedDirty: 'dirty-list' } as const;
const direct = (rig: Drawn) => rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));

test('R3.24 dirty-list: a skipped file page leaves the inactive list; what is clean is freed as ever', () => {
  const rig = machineFromText('free 4\n memcg tiny 9\n inactive_file: c d2!& b d1!', { answers: OWN_LIST });
  direct(rig);

  expect(rig.list('dirty_file')).toBe('d2!& d1!');
  expect(rig.list('dirty_file', 1)).toBe('d2!&');
  expect(rig.list('inactive_file')).toBe('');
  expect(rig.vm).toMatchObject({ pgsteal: 2, dirty_list_moves: 2, dirty_list_counter_updates: 2 });
});

test('R3.24 dirty-list: the next direct reclaimer does not meet the page again', () => {
  const rig = machineFromText('free 4\n inactive_file: d!', { answers: OWN_LIST });
  direct(rig);
  direct(rig);

  expect(rig.vm).toMatchObject({ pgscan_direct: 1, dirty_laps: 1, dirty_list_moves: 1 });
});

test('R3.24 dirty-list: the page comes back to the inactive tail when its write ends, in both memberships', () => {
  const rig = machineFromText('free 4\n memcg tiny 9\n inactive_file: o@& d!&', { answers: OWN_LIST });
  direct(rig);
  rig.run('task', (k, t) => {
    Object.assign(t.wbc, { nrToWrite: Infinity, rangeStart: 0, rangeEnd: Infinity });
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  expect(rig.list('dirty_file')).toBe('d~&');
  rig.passNs(5 * MS);

  expect([rig.list('inactive_file'), rig.list('inactive_file', 1)]).toEqual(['o@& d&', 'o@& d&']);
  expect(rig.vm).toMatchObject({ dirty_list_moves: 2, dirty_list_counter_updates: 3 });
});

test('R3.24 dirty-list: kswapd works on it before the inactive list, and writes', () => {
  const rig = machineFromText('free 4\n inactive_file: c b d!', { answers: OWN_LIST });
  direct(rig);
  const scanned = rig.vm.pgscan_direct;

  rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(rig.calls('writepage')).toEqual(['d']);
  expect([scanned, rig.vm.pgscan_kswapd]).toEqual([3, 1]);
  rig.passNs(5 * MS);
  expect(rig.list('inactive_file')).toBe('d');
});

test('R3.24 dirty-list: each page costs its reclaimer two list moves of 0.1 µs more', () => {
  const took = (skippedDirty: string) => {
    const rig = machineFromText('free 4\n inactive_file: d{10}!', { answers: { ...NO_FILE_WRITES, skippedDirty } });
    direct(rig);
    return rig.k.nowNs + rig.k.task(1).cpuDebtNs;
  };

  expect(took('dirty-list') - took('in-place')).toBe(10 * 200);
});

test('R3.24 dirty-list: anon pages stay where they are, and a page read twice goes to the active list', () => {
  const anon = machineFromText('free 4\n inactive_anon: a', { answers: OWN_LIST });
  anon.run('direct', (k, t) => shrinkInactiveList(k, t, 1, false));
  expect(anon.list('inactive_anon')).toBe('a!$');

  const file = machineFromText('free 4\n inactive_file: d!', { answers: OWN_LIST });
  direct(file);
  markPageAccessed(file.k, file.pfn('d'));
  markPageAccessed(file.k, file.pfn('d'));
  expect([file.list('active_file'), file.list('dirty_file')]).toEqual(['d!', '']);
});
