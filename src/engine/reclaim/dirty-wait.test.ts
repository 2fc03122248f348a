import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type As, type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const MS = 1e6;
const pass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);

/** Ten clean and ten dirty pages of one file; nobody writes unless reclaim does or wakes the flusher. */
const TEN_DIRTY = `memcg tiny 99\n inactive_file: ${Array.from({ length: 10 }, (_, at) => `d${at}!& c${at}&`).join(' ')}`;

function batchOf(kernel: string, as: As, lumpy: boolean, options: DrawingOptions = {}, drawn = TEN_DIRTY): Drawn {
  const rig = machineFromText(`free 8\n ${drawn}`, { kernel, ...options });
  rig.run(as, pass, ({ sc }) => {
    if (lumpy) Object.assign(sc, { order: 4, lumpyReclaimMode: true });
  });
  return rig;
}
/** Naps of 100 ms that the call took, and the kicks it gave. */
const naps = (rig: Drawn) => Math.round(rig.k.nowNs / (100 * MS));
const kicks = (rig: Drawn) => rig.calls('flusher').map(Number);
const times = (count: number, pages: number) => Array.from({ length: count }, () => pages);

// No flusher thread runs in a drawn machine: the pages stay dirty, and every round is fruitless.
test.each([
  ['v2.6.35-rc2', 'direct', 0, []],
  ['chinner-2010', 'direct', 0, []],
  ['rfc-v1', 'direct', 0, []],
  ['rfc-v2', 'direct', 0, []],
  ['rfc-v3', 'direct', 1, [10]],
  ['rfc-v4', 'direct', 1, [15]],
  ['rfc-v5', 'direct', 0, []],
  ['rfc-v6', 'direct', 0, []],
  ['rfc-v1', 'memcg', 0, []],
  ['rfc-v2', 'memcg', 0, []],
  ['rfc-v3', 'memcg', 0, []],
  ['rfc-v4', 'memcg', 50, times(51, 15)],
  ['rfc-v5', 'memcg', 50, times(50, 10)],
  ['rfc-v6', 'memcg', 50, times(50, 10)],
  ['rfc-v3', 'kswapd', 0, []],
  ['rfc-v4', 'kswapd', 0, [15]],
  ['rfc-v6', 'kswapd', 0, []],
] as const)('P6.3 §8.7 %s, order 0, as %s: %i naps, kicks %j', (kernel, as, expectedNaps, expectedKicks) => {
  const rig = batchOf(kernel, as, false);

  expect([naps(rig), kicks(rig)]).toEqual([expectedNaps, expectedKicks]);
});

test.each([
  // R3.25's own nap comes first; then 10 rounds in the SYNC call.
  ['rfc-v1', 11, times(10, 10)],
  ['rfc-v2', 11, times(10, 10)],
  // One nap in the ASYNC call, R3.25's, and 50 rounds.
  ['rfc-v3', 52, times(51, 10)],
  ['rfc-v4', 52, times(52, 15)],
  // The loop replaces the base's pass.
  ['rfc-v5', 50, times(50, 10)],
  ['rfc-v6', 50, times(50, 10)],
  ['chinner-2010', 1, []],
] as const)('P6.3 §8.7 %s, lumpy direct reclaim: %i naps, kicks %j', (kernel, expectedNaps, expectedKicks) => {
  const rig = batchOf(kernel, 'direct', true);

  expect([naps(rig), kicks(rig)]).toEqual([expectedNaps, expectedKicks]);
  expect(rig.vm.pages_submitted).toBe(0);
});

test('P6.3 the rounds end when the flusher has cleaned the pages, and these are freed', () => {
  const rig = machineFromText(`free 8\n ${TEN_DIRTY}`, { kernel: 'rfc-v1' });
  const { t } = rig.start('direct', pass, ({ sc }) => {
    Object.assign(sc, { order: 4, lumpyReclaimMode: true });
  });
  rig.passNs(350 * MS); // three of the naps
  expect(kicks(rig)).toEqual([10, 10, 10]);

  rig.run('kswapd', (k, task) => {
    const space = rig.space('A');
    Object.assign(task.wbc, { nrToWrite: Infinity, rangeStart: 0, rangeEnd: Infinity });
    return k.call.doWritepages(k, task, space);
  });
  rig.passNs(500 * MS);

  expect(t.state).toBe(2);
  expect(kicks(rig).length).toBeLessThan(6);
  expect(rig.vm.pgsteal).toBe(20);
});

test('P6.3 P5.6 every round counts the dirty pages again in nr_scanned: 20 + 10 in the ASYNC and first SYNC pass, 11 × 10', () => {
  const rig = batchOf('rfc-v1', 'direct', true);

  expect(rig.k.task(1).sc.nrScanned).toBe(20 + 11 * 10);
});

test('P6.6 direct SYNC: pages still dirty after 10 rounds end head-side of the other kept pages; V4 puts them back tail-side', () => {
  const order = (kernel: string, directRounds: number) =>
    batchOf(kernel, 'direct', true, { answers: { directRounds } }, 'inactive_file: k2@ d2! k1@ d1!')
      .list('inactive_file')
      .replace(/[!@]/g, '');

  expect(order('rfc-v1', 10)).toBe('d2 d1 k2 k1');
  expect(order('rfc-v3', 10)).toBe('d2 d1 k2 k1');
  expect(order('rfc-v4', 10)).toBe('k2 k1 d2 d1');
});

test('V5, V6: pages with nothing to wait for are set aside, stay active, and end head-side, newest first', () => {
  const rig = batchOf('rfc-v6', 'memcg', false, {}, "memcg tiny 99\n inactive_file: b'^*& d2!& a'^*& d1!&");

  expect(rig.list('active_file')).toBe("a*'& b*'&");
  expect(rig.list('inactive_file')).toBe('d2!& d1!&');
  expect(rig.vm.pgactivate).toBe(2);
});

test('V6: no nap and no SYNC pass when only anon pages were dirty, though they were just swapped out', () => {
  const rig = machineFromText('free 8\n inactive_anon: b a', { kernel: 'rfc-v6', serviceNs: 50 * MS });
  rig.run(
    'direct',
    (k, t) => shrinkInactiveList(k, t, 1, false),
    ({ sc }) => {
      Object.assign(sc, { order: 4, lumpyReclaimMode: true });
    },
  );

  expect(rig.list('inactive_anon')).toBe('b~%$ a~%$');
  expect(naps(rig)).toBe(0);
});

test('V6: laptop mode asks for all and then does not loop, since may_writepage is 0', () => {
  const rig = batchOf('rfc-v6', 'memcg', false, { sysctl: { laptopMode: true } });

  expect([naps(rig), kicks(rig)]).toEqual([0, []]);
});

test.each([
  ['nothing', 0, []],
  ['kick', 0, [10]],
  ['nap', 1, [10]],
  ['rounds', 7, times(7, 10)],
  ['rounds-if-sync', 0, []],
] as const)('policy.dirty_wait = %s over V6, order 0 direct, 7 rounds: %i naps, kicks %j', (dirtyWait, n, expected) => {
  const rig = batchOf('rfc-v6', 'direct', false, { answers: { dirtyWait, directRounds: 7 } });

  expect([naps(rig), kicks(rig)]).toEqual([n, expected]);
});

test('a lap is counted once per batch, however many rounds look at the page', () => {
  expect(batchOf('rfc-v4', 'memcg', false).vm).toMatchObject({ dirty_laps: 10, dirty_laps_max: 1 });
  expect(batchOf('rfc-v6', 'memcg', false).vm).toMatchObject({ dirty_laps: 10, dirty_laps_max: 1 });
});

test.each([
  ['direct', 10, [320]],
  ['direct', 1, [32]],
  ['direct', 32, [1024]],
  ['kswapd', 10, [0]],
] as const)('V6 6/6 as %s with %i dirty pages: kicks %j (kswapd: 0, which is all of them)', (as, dirty, expected) => {
  const rig = batchOf('rfc-v6-flush', as, false, {}, `inactive_file: d{${dirty}}!`);

  expect(kicks(rig)).toEqual(expected);
});

test('V6 6/6: no kick for a batch without dirty pages, for the anon list, or without may_writepage', () => {
  expect(kicks(batchOf('rfc-v6-flush', 'direct', false, {}, 'inactive_file: c{9}'))).toEqual([]);
  expect(kicks(batchOf('rfc-v6-flush', 'direct', false, { sysctl: { laptopMode: true } }))).toEqual([]);
  const anon = machineFromText('free 8\n inactive_anon: b a', { kernel: 'rfc-v6-flush' });
  anon.run('direct', (k, t) => shrinkInactiveList(k, t, 1, false));
  expect(kicks(anon)).toEqual([]);
});

test('V4 8/8: a pass that saw no dirty page asks for 0, which is all of them; anon pages count as seen', () => {
  expect(kicks(batchOf('rfc-v4', 'kswapd', false, {}, 'inactive_file: c{9}'))).toEqual([0]);
  const anon = machineFromText('free 8\n inactive_anon: d c b a', { kernel: 'rfc-v4' });
  anon.run('direct', (k, t) => shrinkInactiveList(k, t, 1, false));
  expect(kicks(anon)).toEqual([6]);
});
