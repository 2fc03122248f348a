import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { tryToFreeMemCgroupPages, tryToFreePages } from './direct.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const pass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);
const anonPass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, false);
function drawn(text: string, kernel = 'rfc-v1'): Drawn {
  return machineFromText(`free 4\n memcg tiny 999\n ${text}`, { kernel });
}
const writesOf = (rig: Drawn) => rig.log.filter((line) => !/^(bio|flusher)/.test(line));

/** 32 pages, every third or so dirty: ten of them. PG_referenced on some clean ones. */
const BATCH = Array.from(
  { length: 32 },
  (_, at) => `${at % 3 === 0 && at < 30 ? `d${at}!` : `c${at}${at % 2 ? '*' : ''}`}`,
);

test('G19 direct: 22 freed, 10 to the inactive head, zero submissions, nr_scanned 32, a single pass', () => {
  const rig = drawn(`inactive_file: p{5} ${BATCH.join(' ')}`);

  rig.run('direct', pass);

  expect(rig.vm).toMatchObject({ pgsteal: 22, pages_submitted: 0, nr_vmscan_write: 0 });
  expect(rig.k.task(1).sc.nrScanned).toBe(32);
  expect(rig.log).toEqual([]);
  const dirty = BATCH.filter((page) => page.endsWith('!')).join(' ');
  expect(rig.list('inactive_file')).toBe(`${dirty} p1 p2 p3 p4 p5`);
});

test('G19 kswapd: 22 freed, the dirty ones passed twice (nr_scanned 42), one do_writepages, PG_reclaim 0 on them', () => {
  const rig = drawn(`inactive_file: p{5} ${BATCH.join(' ')}`);

  rig.run('kswapd', pass);

  expect(rig.vm).toMatchObject({ pgsteal: 22, nr_vmscan_write: 10 });
  expect(rig.k.task(1).sc.nrScanned).toBe(42);
  expect(rig.calls('writepages').length).toBe(1);
  expect(rig.calls('bio').length).toBeGreaterThanOrEqual(1);
  expect(
    rig
      .list('inactive_file')
      .split(' ')
      .slice(0, 10)
      .every((page) => page.endsWith('~')),
  ).toBe(true);
});

test('G19 other dirty pages of the span are written too', () => {
  const rig = drawn('active_file: other/A:5!\n inactive_file: b/A:9! a/A:1!');

  rig.run('kswapd', pass);

  expect(rig.page('other')).toBe('other~');
});

test('P6.1 the trace of direct reclaim says may_writepage 0; in the base kernel 1', () => {
  const mayWrite = (kernel: string) => {
    const rig = drawn('inactive_file: p{40}', kernel);
    rig.run('direct', (k, t) => tryToFreePages(k, t, 0, 0xd0));
    return rig.events('directReclaimBegin')[0]![1];
  };

  expect([mayWrite('rfc-v1'), mayWrite('v2.6.35-rc2')]).toEqual([0, 1]);
});

test('P6.1 crossing the 48 pages wakes the flusher but does not turn may_writepage on', () => {
  const rig = drawn('inactive_file: p{300}!');
  rig.k.m.swap.freeSlots = 0;

  const { t } = rig.start('direct', (k, task) => tryToFreePages(k, task, 0, 0xd0));
  rig.passNs(3e9);

  expect(t.state).toBe(2);
  expect(rig.calls('flusher').length).toBeGreaterThan(0);
  expect(t.sc.mayWritepage).toBe(false);
  expect(writesOf(rig)).toEqual([]);
});

test('P6.1 memcg reclaim still starts with may_writepage = 1, without effect', () => {
  const rig = drawn('inactive_file: p{300}!&');
  let mayWrite = false;
  const { t } = rig.start('memcg', (k, task) => tryToFreeMemCgroupPages(k, task, 1, 0xd0));
  rig.passNs(1e6);
  mayWrite = t.sc.mayWritepage;
  rig.passNs(3e9);

  expect(mayWrite).toBe(true);
  expect(writesOf(rig)).toEqual([]);
});

test('P6.2 the dirty page is set aside unlocked, before the test of may_enter_fs', () => {
  const rig = drawn('inactive_file: b a*!');

  rig.run('direct', pass, (t) => {
    t.sc.gfp = 0x10;
  });

  expect(rig.list('inactive_file')).toBe('a!');
});

test('P6.2 row 10 came first: the dirty page that is kept has been unmapped', () => {
  const rig = drawn("inactive_file: a!'");

  rig.run('direct', pass);

  expect(rig.list('inactive_file')).toBe('a!');
});

test('P6.3 an ASYNC pass of direct reclaim puts its dirty pages back without a kick of the flusher', () => {
  const rig = drawn('inactive_file: b! a!');

  rig.run('direct', pass);

  expect(rig.calls('flusher')).toEqual([]);
  expect(rig.k.task(1).sc.nrScanned).toBe(2);
});

test('P6.4 direct reclaim takes swap slots and unmaps anon pages but does not write them; kswapd does', () => {
  const rig = drawn('inactive_anon: a');

  rig.run('direct', anonPass);
  expect(rig.list('inactive_anon')).toBe('a!$');
  expect(writesOf(rig)).toEqual([]);

  rig.run('kswapd', anonPass);
  expect(rig.list('inactive_anon')).toBe('a~%$');
});

test('P6.5 R6.5 memcg hard-limit reclaim writes nothing, file or anon; in the base kernel it does', () => {
  const written = (kernel: string) => {
    const rig = drawn('inactive_file: p{40}!&\n inactive_anon: q{40}&', kernel);
    rig.start('memcg', (k, t) => tryToFreeMemCgroupPages(k, t, 1, 0xd0));
    rig.passNs(3e9);
    return writesOf(rig).length;
  };

  expect(written('rfc-v1')).toBe(0);
  expect(written('v2.6.35-rc2')).toBeGreaterThan(32);
});

test('P6.5 a group full of dirty file pages makes no progress without the flusher', () => {
  const rig = drawn('inactive_file: p{300}!&');

  expect(rig.run('memcg', (k, t) => tryToFreeMemCgroupPages(k, t, 1, 0xd0))).toBe(0);
});

test('I19 the counters that the invariant reads stay 0 for direct and memcg', () => {
  const rig = drawn('inactive_file: p{40}!&');

  rig.run('direct', pass);
  rig.run('memcg', pass);
  rig.run('kswapd', pass);
  expect(rig.vm).toMatchObject({
    direct_reclaim_wrote_file: 0,
    memcg_reclaim_wrote_file: 0,
    kswapd_reclaim_wrote_file: 40,
  });
});

test.each([
  ['kswapd', 'd4B d3A d6A d1A k5 k2'],
  ['direct', 'k5 k2 d6A d4B d3A d1A'],
  ['memcg', 'k5 k2 d6A d4B d3A d1A'],
] as const)('G21 P6.6 the batch [d6A k5 d4B d3A k2 d1A] goes back from %s as [%s]', (as, expected) => {
  const rig = drawn('inactive_file: d6A/A:6!& k5/K:5~& d4B/B:4!& d3A/A:3!& k2/K:2~& d1A/A:1!&');

  rig.run(as, pass);

  expect(rig.list('inactive_file').replace(/[!~%&]/g, '')).toBe(expected);
});

test('P6.6 patch 6 with single pages (no batching): kswapd writes in LRU order, no second pass', () => {
  const rig = machineFromText('free 4\n inactive_file: c! b! a!', {
    answers: { directFile: 'no', directAnon: 'no' },
  });

  rig.run('kswapd', pass);

  expect(rig.calls('writepage')).toEqual(['a', 'b', 'c']);
  expect(rig.k.task(1).sc.nrScanned).toBe(3);
});

test('P6.7 kswapd’s batch is one isolation, up to 31 + 2^order pages, written as one span', () => {
  const rig = drawn('inactive_file: d{100}!');
  rig.run('kswapd', pass, ({ sc }) => {
    Object.assign(sc, { order: 4, lumpyReclaimMode: true });
  });

  const [, order, requested, , taken] = rig.events('lruIsolate')[0]!;
  expect([order, requested]).toEqual([4, 32]);
  expect(taken).toBeGreaterThan(32);
  expect(taken).toBeLessThanOrEqual(31 + 16);
  expect(rig.calls('writepages').length).toBe(1);
});

test('P6.7 kswapd does not find the pages that a waiting lumpy reclaimer holds isolated', () => {
  const rig = drawn('inactive_file: o{8}! d{16}!');
  const { t } = rig.start(
    'direct',
    (k, task) => shrinkInactiveList(k, task, 1, true),
    ({ sc }) => {
      Object.assign(sc, { order: 4, lumpyReclaimMode: true });
    },
  );
  rig.passNs(350e6); // in its rounds
  expect([t.isolated.length, rig.list('inactive_file')]).toEqual([24, '']);

  rig.run('kswapd', pass);

  expect(writesOf(rig)).toEqual([]);
});
