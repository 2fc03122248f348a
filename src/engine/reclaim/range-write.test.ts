import { expect, test } from 'vitest';
import { GFP_IO, GFP_WAIT } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { deleteFromSwapCache } from '../machine/page-cache.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { ACTIVATE } from '../machine/sockets.ts';
import type { Task } from '../machine/task.ts';
import { type As, type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const MS = 1e6;
const pass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);

function drawn(text: string, options: DrawingOptions = {}): Drawn {
  return machineFromText(`free 4\n memcg tiny 99\n ${text}`, { kernel: 'rfc-v1-p5', ...options });
}
const writesOf = (rig: Drawn) => rig.log.filter((line) => !line.startsWith('bio'));

test.each(['direct', 'kswapd', 'memcg'] as const)(
  'P5.1 %s: a referenced dirty page loses its free lap: it is written in the same pass',
  (as) => {
    const rig = drawn('inactive_file: a*!&');

    rig.run(as, pass);

    expect(rig.list('inactive_file')).toBe('a~%&');
    expect(writesOf(rig)).toEqual(['writepage a']);
  },
);

test('P5.1 the dirty pages of the first pass are set aside locked', () => {
  const locks: string[][] = [];
  const rig = drawn('inactive_file: c/C! b/B! a/A!', { sysctl: { historicalBugs: true } });
  const { writepage } = rig.k.call;
  Object.assign(rig.k.call, {
    writepage: (k: Kernel, t: Task, pfn: number) => {
      locks.push(['a', 'b', 'c'].filter((name) => rig.page(name).includes('@')));
      return writepage(k, t, pfn);
    },
  });

  rig.run('kswapd', pass);

  expect(locks).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
});

test('B4 off: before each write the rest of the list is unlocked, and taken again when the loop reaches it', () => {
  const locks: string[][] = [];
  const rig = drawn('inactive_file: c/C! b/B! a/A!');
  const { writepage } = rig.k.call;
  Object.assign(rig.k.call, {
    writepage: (k: Kernel, t: Task, pfn: number) => {
      locks.push(['a', 'b', 'c'].filter((name) => rig.page(name).includes('@')));
      return writepage(k, t, pfn);
    },
  });

  rig.run('kswapd', pass);

  expect(locks).toEqual([['a'], ['b'], ['c']]);
});

test('B4 off: a page that somebody else has locked meanwhile is left to the second pass', () => {
  const rig = drawn('inactive_file: b/B! a/A!');
  const { writepage } = rig.k.call;
  Object.assign(rig.k.call, {
    writepage: (k: Kernel, t: Task, pfn: number) => {
      if (pfn === rig.pfn('a')) k.pages.setLocked(rig.pfn('b'), 0);
      return writepage(k, t, pfn);
    },
  });

  rig.run('kswapd', pass);

  expect(rig.calls('writepage')).toEqual(['a']);
  expect(rig.list('inactive_file')).toBe('b!@ a~%');
});

test('P5.3 B4 off: a page that a store has taken out of the swap cache meanwhile has no mapping and is skipped', () => {
  const rig = drawn('inactive_anon: b a');
  const { swapWritepage } = rig.k.call;
  const inCacheWhenWritten: boolean[] = [];
  Object.assign(rig.k.call, {
    swapWritepage: (k: Kernel, t: Task, pfn: number) => {
      inCacheWhenWritten.push(k.pages.isInSwapCache(pfn));
      if (pfn === rig.pfn('a') && inCacheWhenWritten.length === 1) deleteFromSwapCache(k, rig.pfn('b'));
      return swapWritepage(k, t, pfn);
    },
  });

  rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, false));

  // The second pass gives b a slot again and writes it.
  expect(rig.calls('swap_writepage')).toEqual(['a', 'b']);
  expect(inCacheWhenWritten).toEqual([true, true]);
});

test.each([
  [true, 'a!@'],
  [false, 'a!'],
])('P5.2 B4 %s: a caller that may not write puts the pages back as %s', (historicalBugs, expected) => {
  const rig = drawn('inactive_file: a!', { sysctl: { laptopMode: true, historicalBugs } });

  const { t } = rig.start('kswapd', pass);
  rig.k.sched.horizonNs = 1 * MS;
  while (rig.k.sched.runOne(rig.k));

  expect(rig.list('inactive_file')).toBe(expected);
  expect(rig.log).toEqual([]);
  expect(t.sc.nrScanned).toBe(historicalBugs ? 1 : 2); // the second trylock fails, or not
});

test('P5.3 a congested disk: the page is unlocked and skipped; kswapd is not stopped', () => {
  const written = (['direct', 'kswapd'] as const).map((as) => {
    const rig = drawn('inactive_file: b/A:3! a/A:1!');
    rig.k.m.bdis[0]!.congested[1] = true;
    rig.k.m.blocks[0]!.count[1] = 120;
    rig.start(as, pass);
    rig.k.sched.horizonNs = 1 * MS;
    while (rig.k.sched.runOne(rig.k));
    expect(rig.page('a').includes('@')).toBe(false);
    return writesOf(rig);
  });

  expect(written).toEqual([[], ['writepages A 1-3']]);
});

test('P5.3 a caller that may not enter the filesystem skips file pages', () => {
  const rig = drawn('inactive_file: b/A:3! a/A:1!');

  rig.run('direct', pass, (t) => {
    t.sc.gfp = GFP_WAIT | GFP_IO;
  });

  expect(writesOf(rig)).toEqual([]);
  expect(rig.list('inactive_file')).toBe('b! a!');
});

test('P5.4 the range is the span from the lowest to the highest page of the file in the batch, not contiguous', () => {
  const rig = drawn('inactive_file: d/A:40! c/B:9! b/A:7! a/A:20!');

  rig.run('kswapd', pass);

  expect(writesOf(rig)).toEqual(['writepages A 7-40', 'writepage c']);
  expect(rig.events('rangeWrite').map((args) => args.slice(1, 4))).toEqual([[7, 40, 3]]);
});

test('P5.4 clean pages and pages under writeback do not widen the range', () => {
  const rig = drawn('inactive_file: d/A:90 c/A:80~ b/A:7! a/A:6!');

  rig.run('kswapd', pass);

  expect(writesOf(rig)).toEqual(['writepages A 6-7']);
});

test('P5.4 a filesystem without ->writepages: single pages', () => {
  const rig = drawn('inactive_file: b/A:7! a/A:6!', { call: { hasWritepages: () => false } });

  rig.run('kswapd', pass);

  expect(writesOf(rig)).toEqual(['writepage a', 'writepage b']);
});

test('P5.4 pages of the swap cache are written one by one', () => {
  const rig = drawn('inactive_anon: b a');

  rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, false));

  expect(writesOf(rig)).toEqual(['swap_writepage a', 'swap_writepage b']);
});

test('P5.5 the span takes every dirty page of the file in it, isolated or not, and nothing outside', () => {
  const rig = drawn('active_file: y/A:8! z/A:31!\n inactive_file: p{29}/P@ o/A:9! b/A:30! a/A:7!');

  rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, true));

  expect(['a', 'b', 'o', 'y', 'z'].map((name) => rig.page(name))).toEqual(['a~', 'b~', 'o~', 'y~', 'z!']);
});

test('P5.5 a range write sets no PG_reclaim, is not rotated, and fires neither NR_VMSCAN_WRITE nor the writepage event', () => {
  const rig = drawn('inactive_file: p{35} b/A:60! a/A:61!', { sysctl: { historicalBugs: true } });

  rig.run('kswapd', pass);
  rig.passNs(50 * MS);

  expect(rig.list('inactive_file')).toMatch(/^b a p1 /);
  expect(rig.vm).toMatchObject({ nr_vmscan_write: 0, pgrotated: 0, range_writes: 1, written_by_kswapd: 2 });
  expect(rig.events('writepage')).toEqual([]);
});

test('P5.5 a span of one page is the old write: PG_reclaim, NR_VMSCAN_WRITE, rotation', () => {
  const rig = drawn('inactive_file: p{35} a/A:61!');

  rig.run('kswapd', pass);
  rig.passNs(50 * MS);

  expect(rig.list('inactive_file')).toMatch(/ a$/);
  expect(rig.vm).toMatchObject({ nr_vmscan_write: 1, pgrotated: 1, range_writes: 0 });
});

test('P5.5 do_writepages is called without a limit, not nonblocking, not for reclaim; the inode is pinned meanwhile', () => {
  const rig = drawn('inactive_file: b/A:3! a/A:1!');
  const { doWritepages } = rig.k.call;
  Object.assign(rig.k.call, {
    doWritepages: (k: Kernel, t: Task, space: Parameters<typeof doWritepages>[2]) => {
      const { syncAll, nrToWrite, nonblocking, forReclaim, rangeCyclic } = t.wbc;
      expect({ syncAll, nrToWrite, nonblocking, forReclaim, rangeCyclic }).toEqual({
        syncAll: false,
        nrToWrite: Infinity,
        nonblocking: false,
        forReclaim: false,
        rangeCyclic: false,
      });
      expect(space.pinned).toBe(1);
      return doWritepages(k, t, space);
    },
  });

  rig.run('kswapd', pass);

  expect(rig.space('A').pinned).toBe(0);
});

test('P5.5 an ACTIVATE answer is dropped: the second pass asks again, and then activates', () => {
  const asked: string[] = [];
  const rig = drawn('inactive_file: a!', {
    call: {
      writepage: (k, t, pfn) => {
        asked.push(rig.nameOf(pfn));
        setPageDirty(k, t, pfn);
        return ACTIVATE;
      },
    },
  });

  rig.run('kswapd', pass);

  expect(asked).toEqual(['a', 'a']);
  expect(rig.list('active_file')).toBe('a!');
});

test('P5.6 a filesystem that redirties is asked twice per batch and counts NR_VMSCAN_WRITE twice', () => {
  const rig = drawn('inactive_file: a!', {
    sysctl: { historicalBugs: true },
    call: {
      writepage: (k, t, pfn) => {
        setPageDirty(k, t, pfn);
        unlockPage(k, pfn);
        return 0;
      },
    },
  });

  rig.run('kswapd', pass);

  expect(rig.vm.nr_vmscan_write).toBe(2);
  expect(rig.list('inactive_file')).toBe('a!');
});

test.each([
  ['inactive_file: c b a/B!', true, 4],
  ["inactive_file: a/B!'", true, 3], // mapped in the first pass only: reclaim has unmapped it
  ['inactive_anon: a', false, 4],
])('P5.6 %s: sc.nr_scanned counts the second pass again', (text, file, scanned) => {
  const rig = drawn(text);

  rig.run('kswapd', (k, t) => shrinkInactiveList(k, t, 1, file));

  expect(rig.k.task(1).sc.nrScanned).toBe(scanned);
});

test('P5.8 pages cleaned that nobody asked for are counted: reclaimed later, or dirtied again within 5 s', () => {
  const rig = drawn('active_file: y/A:8! z/A:9!\n inactive_file: b/A:30! a/A:7!');
  rig.run('kswapd', pass);
  rig.passNs(50 * MS);
  expect(rig.vm).toMatchObject({ range_collateral_pages: 2, range_collateral_redirtied: 0 });

  setPageDirty(rig.k, rig.k.task(0), rig.pfn('y'));
  rig.k.pages.columns.version[rig.pfn('y')]!++;
  const z = rig.pfn('z');
  rig.k.lru.remove(z);
  rig.k.pages.clearActive(z);
  rig.k.lru.add(z);
  rig.run('kswapd', pass);

  expect(rig.page('z')).toBe('z gone');
  expect(rig.vm).toMatchObject({
    range_collateral_pages: 2,
    range_collateral_redirtied: 1,
    range_collateral_reclaimed: 1,
  });
});

test('P5.8 dirtied again later than 5 s it counts as neither', () => {
  const rig = drawn('active_file: y/A:8!\n inactive_file: b/A:30! a/A:7!');
  rig.run('kswapd', pass);
  rig.passNs(5200 * MS);

  rig.k.pages.columns.version[rig.pfn('y')]!++;
  setPageDirty(rig.k, rig.k.task(0), rig.pfn('y'));

  expect(rig.vm).toMatchObject({ range_collateral_redirtied: 0, range_collateral_reclaimed: 0 });
});

test.each([
  ['kswapd', 'd4B d3A d6A d1A k5 k2'],
  ['direct', 'd4B d3A d6A d1A k5 k2'],
] as [As, string][])('G21 P6.6 under patch 5 alone %s re-scans the dirty list last: %s', (as, expected) => {
  const rig = drawn('inactive_file: d6A/A:6! k5/K:5~ d4B/B:4! d3A/A:3! k2/K:2~ d1A/A:1!');

  rig.run(as, pass);

  expect(rig.list('inactive_file').replace(/[~%]/g, '')).toBe(expected);
});

/** A dirty run 3–8 of the file, whose page 5 is at the tail; nothing else is isolated. */
function writeAround(as: As, options: DrawingOptions = {}): Drawn {
  const answers = { pageoutUnit: 'neighbourhood', ...options.answers };
  const active = 'b/A:8! c/A:7! d/A:6! e/A:4! f/A:3! far/A:20!';
  const rig = machineFromText(`free 4\n memcg tiny 99\n active_file: ${active}\n inactive_file: a/A:5!&`, {
    ...options,
    answers,
  });
  rig.run(as, pass);
  return rig;
}

test.each(['direct', 'kswapd', 'memcg'] as const)(
  'P5.5 the neighbourhood as %s: the run around the page goes out in one range, lock dropped, inode pinned meanwhile',
  (as) => {
    const rig = writeAround(as);

    expect(writesOf(rig)).toEqual(['writepages A 3-8']);
    expect(rig.page('a')).toBe('a~&');
    expect(rig.page('far')).toBe('far!');
    expect(rig.vm).toMatchObject({ range_writes: 1, range_collateral_pages: 5, nr_vmscan_write: 6 });
    expect(rig.space('A').pinned).toBe(0);
  },
);

test('P5.5 the neighbourhood ends at policy.write_around_pages', () => {
  expect(writesOf(writeAround('kswapd', { answers: { writeAroundPages: 4 } }))).toEqual(['writepages A 3-6']);
  expect(writesOf(writeAround('kswapd', { answers: { writeAroundPages: 1 } }))).toEqual(['writepage a']);
});

test.each([
  ['direct', []],
  ['kswapd', ['writepages A 5-6']],
] as const)(
  'R4.4 with a congested disk %s writes %j: the neighbourhood asks may_write_to_queue() as the page does',
  (as, written) => {
    const rig = machineFromText('free 4\n active_file: b/A:6!\n inactive_file: a/A:5!', {
      answers: { pageoutUnit: 'neighbourhood' },
    });
    rig.k.m.bdis[0]!.congested[1] = true;
    rig.k.m.blocks[0]!.count[1] = 120;

    rig.start(as, pass);
    rig.k.sched.horizonNs = 1 * MS;
    while (rig.k.sched.runOne(rig.k));

    expect(writesOf(rig)).toEqual(written);
    expect(rig.vm.dirty_laps).toBe(1 - written.length);
  },
);
