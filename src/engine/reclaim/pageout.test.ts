import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import { unlockPage } from '../machine/page-lock.ts';
import { setPageDirty } from '../machine/page-state.ts';
import { ACTIVATE, WROTE } from '../machine/sockets.ts';
import type { Task } from '../machine/task.ts';
import { requestQueueOf, WAIT_REQUEST } from '../machine/waits.ts';
import { type DrawingOptions, machineFromText } from '../machine-from-text.ts';
import { PAGE_CLEAN, writeLockedPage } from './pageout.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const MS = 1e6;
const filePass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);
const anonPass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, false);

test('R4.1(1) a page that somebody holds is neither written nor freed', () => {
  const rig = machineFromText('free 4\n inactive_file: a!');
  rig.k.pages.columns.pins[rig.pfn('a')] = 1;

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a!');
  expect(rig.log).toEqual([]);
});

test.each([
  ['direct', false, []],
  ['memcg', false, []],
  ['direct', true, ['a']], // a buffered writer meets the disk it is writing to
  ['kswapd', false, ['a']],
] as const)('R4.1(4) R4.4 with a congested disk %s (inside a write: %s) writes %j', (as, insideWrite, written) => {
  const rig = machineFromText('free 4\n memcg tiny 9\n inactive_file: a!&');
  rig.k.m.bdis[0]!.congested[1] = true;
  rig.k.m.blocks[0]!.count[1] = 120; // as if so many requests were there

  const { t } = rig.start(as, filePass, (task) => {
    task.writesTo = insideWrite ? 0 : -1;
  });
  rig.k.sched.horizonNs = 1 * MS;
  while (rig.k.sched.runOne(rig.k));

  expect(rig.calls('writepage')).toEqual(written);
  expect(t.sc.nrScanned).toBe(1);
});

test('R3.36 R4.4 swap never shows congestion: a direct reclaimer swaps to the congested disk', () => {
  const rig = machineFromText('free 4\n inactive_anon: a');
  rig.k.m.bdis[0]!.congested[1] = true;
  rig.k.m.blocks[0]!.count[1] = 120;

  rig.start('direct', anonPass);
  rig.k.sched.horizonNs = 1 * MS;
  while (rig.k.sched.runOne(rig.k));

  expect(rig.calls('swap_writepage')).toEqual(['a']);
});

test('R3.36 R4.4 with swap on another disk it is that disk’s pool that the swapper waits for', () => {
  const rig = machineFromText('free 4\n inactive_anon: a\n inactive_file: f!', { config: { disks: 2, swapDisk: 1 } });
  const [files, swap] = rig.k.m.blocks;
  files!.count[1] = 120; // as if so many requests were there
  swap!.count[1] = 130;
  swap!.full[1] = true;
  for (const bdi of rig.k.m.bdis) bdi.congested[1] = true;

  const { t: writer } = rig.start('direct', filePass);
  const { t: swapper } = rig.start('direct', anonPass);
  rig.k.sched.horizonNs = 1 * MS;
  while (rig.k.sched.runOne(rig.k));

  expect(rig.calls('writepage')).toEqual([]);
  expect(writer.stack).toEqual([]);
  expect(rig.calls('swap_writepage')).toEqual(['a']);
  expect([swapper.waitKind, swapper.waitId]).toEqual([WAIT_REQUEST, requestQueueOf(1, 1)]);
});

test('R4.3 R3.36 kswapd sleeps in get_request_wait when the pool is full, and goes on when a request is freed', () => {
  const inPool = Array.from({ length: 128 }, (_, at) => `f${at}/F:${2 * at}~`).join(' ');
  const rig = machineFromText(`free 4\n active_file: ${inPool}\n inactive_file: b! a!`, { serviceNs: 5 * MS });
  rig.run('task', (k, t) => {
    for (let at = 0; at < 128; at++) {
      k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 1e6 + at * 16, pfns: [rig.pfn(`f${at}`)] });
    }
    return 0;
  });

  const { t } = rig.start('kswapd', filePass);
  rig.passNs(1 * MS);
  expect([t.waitKind, rig.calls('writepage')]).toEqual([WAIT_REQUEST, ['a']]);
  expect(rig.vm.nr_isolated_file).toBe(2);

  rig.passNs(20 * MS);
  expect(rig.calls('writepage')).toEqual(['a', 'b']);
});

test('R4.1(5) a page that is clean by the time of the write is not written', () => {
  const rig = machineFromText('free 4\n inactive_file: a@');

  expect(writeLockedPage(rig.k, rig.k.task(0), rig.pfn('a'), false)).toBe(PAGE_CLEAN);
  expect(rig.log).toEqual([]);
});

test('R4.1(6) the page is locked and PG_reclaim is set when ->writepage sees it', () => {
  const seen: string[] = [];
  const rig = machineFromText('free 4\n inactive_file: a!');
  const { writepage } = rig.k.call;
  Object.assign(rig.k.call, {
    writepage: (k: Kernel, t: Task, pfn: number) => {
      const { syncAll, nrToWrite, rangeStart, rangeEnd, nonblocking, forReclaim } = t.wbc;
      seen.push(rig.page('a'));
      expect({ syncAll, nrToWrite, rangeStart, rangeEnd, nonblocking, forReclaim }).toEqual({
        syncAll: false,
        nrToWrite: 32,
        rangeStart: 0,
        rangeEnd: Infinity,
        nonblocking: true,
        forReclaim: true,
      });
      return writepage(k, t, pfn);
    },
  });

  rig.run('direct', filePass);

  expect(seen).toEqual(['a%@']);
});

test('R4.1(7) a filesystem that says ACTIVATE: PG_reclaim cleared, the page activated, not counted', () => {
  const rig = machineFromText('free 4\n inactive_file: a!', {
    call: {
      writepage: (k, t, pfn) => {
        setPageDirty(k, t, pfn);
        return ACTIVATE;
      },
    },
  });

  rig.run('direct', filePass);

  expect(rig.list('active_file')).toBe('a!');
  expect(rig.vm.nr_vmscan_write).toBe(0);
});

test('R4.2 R4.1(9) a filesystem that silently redirties: counted as a write, PG_reclaim cleared, the page kept dirty', () => {
  const rig = machineFromText('free 4\n inactive_file: a!', {
    sysctl: { historicalBugs: true },
    call: {
      writepage: (k, t, pfn) => {
        setPageDirty(k, t, pfn);
        unlockPage(k, pfn);
        return WROTE;
      },
    },
  });

  rig.run('direct', filePass);

  expect(rig.list('inactive_file')).toBe('a!');
  expect(rig.vm).toMatchObject({ nr_vmscan_write: 1, direct_write_file: 1, written_by_direct: 0 });
  expect(rig.events('writepage').length).toBe(1);
});

test('R4.5 every page is a bio of 8 sectors of its own, in LRU order', () => {
  const rig = machineFromText('free 4\n inactive_file: c/A:7! b/A:6! a/A:9!');

  rig.run('direct', filePass);

  expect(rig.calls('bio')).toEqual(['W 72: a', 'W 48: b', 'W 56: c']);
});

test('R4.6 pageout leaves the inode and writeback_index alone: it stays on b_dirty though all its pages are clean', () => {
  const rig = machineFromText('free 4\n inactive_file: a!');
  const before = { ...rig.space('A') };

  rig.run('direct', filePass);
  rig.passNs(50 * MS);

  const { list, dirtyPages, writebackIndex, dirtiedWhenNs } = rig.space('A');
  expect({ list, dirtyPages, writebackIndex, dirtiedWhenNs }).toEqual({
    list: before.list,
    dirtyPages: true,
    writebackIndex: 0,
    dirtiedWhenNs: 0,
  });
  expect(rig.vm.nr_file_dirty).toBe(0);
});

test.each([
  ['direct', 'direct_write_file'],
  ['memcg', 'memcg_write_file'],
  ['kswapd', 'kswapd_write_file'],
] as const)('R4.1(10) NR_VMSCAN_WRITE and the script’s row of %s', (as, counter) => {
  const rig = machineFromText('free 4\n memcg tiny 9\n inactive_file: a!&');

  rig.run(as, filePass);

  expect(rig.vm).toMatchObject({ nr_vmscan_write: 1, [counter]: 1 });
});

test('R4.1 a page dirtied again while under writeback is dirty and under writeback, counted in both, and not rotated', () => {
  const rig = machineFromText('free 4\n inactive_file: b@ a!');
  rig.run('direct', filePass);
  rig.k.pages.columns.version[rig.pfn('a')]!++;
  setPageDirty(rig.k, rig.k.task(0), rig.pfn('a'));
  expect(rig.page('a')).toBe('a!~%');
  expect(rig.vm).toMatchObject({ nr_file_dirty: 1, nr_writeback: 1 });

  rig.passNs(50 * MS);

  expect(rig.page('a')).toBe('a!');
  expect(rig.vm.pgrotated).toBe(0);
});

test('B6 on: NR_VMSCAN_WRITE counts attempts and misses ranges; off: pages that reclaim has written, ranges too', () => {
  const refuse: DrawingOptions['call'] = {
    writepage: (k, t, pfn) => {
      setPageDirty(k, t, pfn);
      unlockPage(k, pfn);
      return WROTE;
    },
  };
  const counted = (historicalBugs: boolean, options: DrawingOptions) => {
    const rig = machineFromText('free 4\n inactive_file: b/A:9! a/A:5!', { sysctl: { historicalBugs }, ...options });
    rig.run('kswapd', filePass);
    return rig.vm.nr_vmscan_write;
  };

  expect([counted(true, { call: refuse }), counted(false, { call: refuse })]).toEqual([2, 0]);
  expect([counted(true, { kernel: 'rfc-v1' }), counted(false, { kernel: 'rfc-v1' })]).toEqual([0, 2]);
  expect([counted(true, {}), counted(false, {})]).toEqual([2, 2]);
});
