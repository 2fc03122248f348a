import { describe, expect, test } from 'vitest';
import { GFP_NOFS, GFP_USER } from './machine/gfp.ts';
import type { Kernel } from './machine/kernel.ts';
import { trylockPage } from './machine/page-lock.ts';
import { clearPageDirtyForIo } from './machine/page-state.ts';
import { setWbc, type Task } from './machine/task.ts';
import { type As, type Drawn, machineFromText } from './machine-from-text.ts';
import { shrinkInactiveList } from './reclaim/shrink-inactive.ts';

const pass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);

/** What becomes of a dirty page at the tail: written by ->writepage, redirtied there, or activated without. */
function fateOf(filesystem: string, fsReclaimGuard: string, as: As, file: string): string {
  const rig = machineFromText(`free 9\n memcg tiny 9\n file A 64 ${file}\n inactive_file: a!&`, {
    filesystem,
    answers: { fsReclaimGuard },
    sysctl: { historicalBugs: true }, // B6: attempts are counted
    serviceNs: 1e12,
  });
  rig.run(as, pass);
  expect(rig.k.pages.isLocked(rig.pfn('a'))).toBe(false);
  const attempts = rig.vm.nr_vmscan_write;
  if (rig.list('active_file') !== '') return `activated, ${attempts} counted`;
  const written = rig.calls('bio').length;
  // R4.2: the attempt is counted; PG_reclaim stays only on a page under writeback.
  expect(rig.list('inactive_file')).toBe(written === 1 ? 'a~%&' : 'a!&');
  expect(rig.vm.dirty_laps).toBe(1 - written);
  return `${written === 1 ? 'written' : 'redirtied'}, ${attempts} counted`;
}
const WRITTEN = 'written, 1 counted';
const REDIRTIED = 'redirtied, 1 counted';
const ACTIVATED = 'activated, 0 counted';

describe('model.md §4.4: ->writepage called by reclaim', () => {
  const rows: readonly [string, string, string, string, string, string, string][] = [
    //  filesystem, guard, file, kswapd, direct, memcg
    ['ext2', 'memalloc', 'new', WRITTEN, WRITTEN, WRITTEN, '2.6.35'],
    ['ext3', 'memalloc', 'new', WRITTEN, WRITTEN, WRITTEN, '2.6.35'],
    ['ext4', 'memalloc', 'new', REDIRTIED, REDIRTIED, REDIRTIED, '2.6.35, no blocks'],
    ['ext4', 'memalloc', '', WRITTEN, WRITTEN, WRITTEN, '2.6.35, overwritten in place'],
    ['xfs', 'none', 'new', WRITTEN, WRITTEN, WRITTEN, '2.6.34'],
    ['xfs', 'memalloc', 'new', REDIRTIED, REDIRTIED, WRITTEN, '2.6.35'],
    ['xfs', 'memalloc', '', REDIRTIED, REDIRTIED, WRITTEN, '2.6.35, overwritten in place'],
    ['xfs', 'direct', 'new', WRITTEN, REDIRTIED, WRITTEN, '2.6.36'],
    ['xfs', 'no-writepage', '', ACTIVATED, ACTIVATED, ACTIVATED, '6.1'],
    ['btrfs', 'none', 'new', REDIRTIED, REDIRTIED, WRITTEN, '2.6.34'],
    ['btrfs', 'memalloc', '', REDIRTIED, REDIRTIED, WRITTEN, '2.6.35'],
    ['btrfs', 'no-writepage', '', ACTIVATED, ACTIVATED, ACTIVATED, '6.1'],
    ['ext4', 'no-writepage', 'new', REDIRTIED, REDIRTIED, REDIRTIED, '6.1'],
  ];

  test.each(rows)('R4.1 R4.2 E33 %s, guard "%s", file "%s"', (filesystem, guard, file, kswapd, direct, memcg) => {
    expect(fateOf(filesystem, guard, 'kswapd', file)).toBe(kswapd);
    expect(fateOf(filesystem, guard, 'direct', file)).toBe(direct);
    expect(fateOf(filesystem, guard, 'memcg', file)).toBe(memcg);
  });
});

/** ->writepages over all dirty pages of file A; what reached the disk, as first page and pages of each bio. */
function writeAll(rig: Drawn, as: As = 'task', nrToWrite = 1024): { bios: string[]; left: number } {
  let left = 0;
  rig.run(
    as,
    (k, t) => {
      setWbc(t, { nrToWrite, rangeCyclic: true });
      return k.call.doWritepages(k, t, rig.space('A'));
    },
    (t) => {
      left = t.id;
    },
  );
  return { bios: rig.calls('bio'), left: rig.k.task(left).wbc.nrToWrite };
}

describe('model.md §4.4: ->writepages of the flusher', () => {
  const dirty = 'free 9\n file A 64 new\n inactive_file: c/A:7! b/A:6! a/A:5!';

  test.each([
    ['ext2', 1],
    ['ext3', 3],
    ['ext4', 3],
    ['xfs', 1],
    ['btrfs', 1],
  ])('S8 P5.4 %s sends three pages in a row in %i bios', (filesystem, bios) => {
    const rig = machineFromText(dirty, { filesystem });

    expect(writeAll(rig).bios.length).toBe(bios);
    rig.passNs(1e9);
    expect(rig.list('inactive_file')).toBe('c b a');
    expect(rig.k.call.hasWritepages(rig.k, rig.space('A'))).toBe(filesystem !== 'ext3');
  });

  test.each([
    ['ext2', 1000, 0],
    ['ext4', 1500, -500], // all contiguous dirty pages; what was raised counts as written
    ['xfs', 1500, 4000 - 1500 - 3000],
  ])('R5.15 a slice of 1000 of 1500 dirty pages: %s writes %i and leaves %i', (filesystem, written, left) => {
    const rig = machineFromText('free 9\n file A 2000 new\n inactive_file: d{1500}!', { filesystem, serviceNs: 1e3 });

    expect(writeAll(rig, 'task', 1000).left).toBe(left);
    expect(rig.vm.pages_written).toBe(written);
  });

  test('R5.13 ext4 raises the slice of a whole file that is not cyclic to eight times', () => {
    const rig = machineFromText('free 9\n file A 2000 new\n inactive_file: d{1500}!', {
      filesystem: 'ext4',
      serviceNs: 1e3,
    });
    rig.run('task', (k, t) => {
      setWbc(t, { nrToWrite: 100 });
      return k.call.doWritepages(k, t, rig.space('A'));
    });
    expect(rig.vm.pages_written).toBe(800);
  });
});

/** As pageout() hands a page over. */
function lockedAndCleared(k: Kernel, t: Task, pfn: number): number {
  trylockPage(k, t, pfn);
  clearPageDirtyForIo(k, pfn);
  return pfn;
}

describe('where a page goes on the disk', () => {
  const sectors = (bios: readonly string[]) => bios.map((bio) => Number(/\d+/.exec(bio)![0]));

  test('S5 ext4 keeps the order of the file, whatever is written first', () => {
    const rig = machineFromText('free 9\n file A 64 new\n inactive_file: b/A:9! a/A:40!', { filesystem: 'ext4' });
    expect(sectors(writeAll(rig).bios)).toEqual([9 * 8, 40 * 8]);
  });

  test('S5 XFS puts an extent behind what it allocated last, unless the hole in the file is small', () => {
    const rig = machineFromText(
      'free 9\n file A 640 new\n inactive_file: e/A:43! d/A:42! c/A:41! b/A:40! z/A:47! a/A:600!',
      { filesystem: 'xfs' },
    );
    expect(writeAll(rig).bios).toEqual(['W 0: b c d e', 'W 56: z', 'W 64: a']);
  });

  test('S5 btrfs never writes in place', () => {
    const rig = machineFromText('free 9\n file A 64\n inactive_file: b/A:6! a/A:5!', { filesystem: 'btrfs' });
    expect(writeAll(rig).bios).toEqual(['W 512: a b']);
  });

  test('R4.5 XFS of 2.6.34 writes the page and the dirty pages behind it in the same extent', () => {
    const rig = machineFromText(
      'free 9\n file A 64 new\n active_file: f/A:9! d/A:7! c/A:6! b/A:5! z/A:3!\n inactive_file: a/A:4!',
      { filesystem: 'xfs', answers: { fsReclaimGuard: 'none' } },
    );
    rig.run('direct', pass);
    // The extent is the whole stretch 3 … 7; page 9 is another one.
    expect(rig.calls('bio')).toEqual(['W 8: a b c d']);
    expect([rig.vm.nr_vmscan_write, rig.vm.direct_write_file]).toEqual([1, 1]);
  });

  test('R4.5 four times nr_to_write is the most that follows: 128 pages in reclaim', () => {
    const rig = machineFromText('free 9\n file A 512 new\n inactive_file: d{300}!', {
      filesystem: 'xfs',
      answers: { fsReclaimGuard: 'none' },
    });
    rig.run('direct', (k, t) => {
      t.wbc.nrToWrite = 32;
      return k.call.writepage(k, t, lockedAndCleared(k, t, rig.pfn('d1')));
    });
    expect(rig.vm.pages_written).toBe(129);
  });

  test('R4.5 a locked page ends the cluster', () => {
    const rig = machineFromText('free 9\n file A 64 new\n active_file: c/A:6! b/A:5!@\n inactive_file: a/A:4!', {
      filesystem: 'xfs',
      answers: { fsReclaimGuard: 'none' },
    });
    rig.run('direct', pass);
    expect(rig.calls('bio')).toEqual(['W 0: a']);
  });
});

describe('who allocates how', () => {
  test.each([
    ['ext2', GFP_USER],
    ['ext3', GFP_USER],
    ['ext4', GFP_NOFS],
    ['xfs', GFP_USER],
  ])('R1.9 a buffered write on %s allocates page cache with gfp %i', (filesystem, gfp) => {
    const seen: number[] = [];
    const rig = machineFromText('min 8 low 8 high 8 free 8\n file A 64\n inactive_file: a b c', { filesystem });
    const { tryToFreePages } = rig.k.call;
    rig.k.call.tryToFreePages = (k, t, order, mask) => {
      seen.push(mask);
      return tryToFreePages(k, t, order, mask);
    };
    rig.run('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 40 * 4096, 4096));
    expect([...new Set(seen)]).toEqual([gfp]);
  });

  test.each([
    ['ext2', ['A 5-6'], []],
    ['ext3', [], ['a', 'b']],
  ])('P5.4 patch 5 on %s: ranges %j, single pages %j', (filesystem, ranges, singles) => {
    const rig = machineFromText('free 9\n file A 64\n inactive_file: b/A:6! a/A:5!', {
      filesystem,
      kernel: 'rfc-v1-p5',
    });
    rig.run('kswapd', pass);
    expect([rig.calls('writepages'), rig.calls('writepage')]).toEqual([ranges, singles]);
  });

  test('P5.5 a span of XFS is refused as a page is; btrfs and ext4 write it, though ->writepage would not', () => {
    const written = (filesystem: string) => {
      const rig = machineFromText('free 9\n file A 64 new\n inactive_file: b/A:6! a/A:5!', { filesystem });
      writeAll(rig, 'kswapd');
      return rig.vm.pages_written;
    };
    expect(['xfs', 'btrfs', 'ext4'].map(written)).toEqual([0, 2, 2]);
  });
});
