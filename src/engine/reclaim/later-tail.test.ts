import { describe, expect, test } from 'vitest';
import { GFP_FS, GFP_IO, GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { clearPageDirtyForIo, endPageWriteback, setPageDirty, setPageWriteback } from '../machine/page-state.ts';
import type { Task } from '../machine/task.ts';
import { WAIT_CONGESTION, WAIT_PAGE_WRITEBACK, WAIT_RECLAIM } from '../machine/waits.ts';
import { type As, type Drawn, machineFromText } from '../machine-from-text.ts';
import { balancePgdat } from './balance-pgdat.ts';
import { tryToFreePages } from './direct.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';
import { shrinkZone } from './shrink-zone.ts';

// Dirty pages and pages under writeback at the tail, from 3.2 to 6.1 (model.md §9.1–§9.4).

const MS = 1e6;
const batch = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 32, true);
const atPriority = (priority: number) => (t: Task) => {
  t.sc.priority = priority;
};

/** The writes of these drawn pages end. */
function written(rig: Drawn, ...names: string[]): void {
  for (const name of names) endPageWriteback(rig.k, rig.pfn(name));
}

/** What the flusher does to a page: cleared for I/O and under writeback. */
function startWrite(rig: Drawn, name: string): void {
  clearPageDirtyForIo(rig.k, rig.pfn(name));
  setPageWriteback(rig.k, rig.pfn(name));
}

describe('3.2', () => {
  const outcome = (as: As, priority: number, marks: string) => {
    const rig = machineFromText(`free 4\n memcg tiny 99\n inactive_file: a${marks}`, { kernel: 'v3.2' });
    rig.run(as, batch, atPriority(priority));
    return [rig.page('a'), rig.vm.nr_vmscan_immediate_reclaim, rig.calls('writepage').length];
  };

  test('§9.2 row 11: who is not kswapd, and kswapd from priority 10 on, tags and keeps a dirty file page; below, kswapd writes', () => {
    expect(outcome('direct', 0, '!')).toEqual(['a!%', 1, 0]);
    expect(outcome('memcg', 0, '!&')).toEqual(['a!%&', 1, 0]);
    expect(outcome('kswapd', 10, '!')).toEqual(['a!%', 1, 0]);
    expect(outcome('kswapd', 9, '!').slice(1)).toEqual([0, 1]);
  });

  test('§9.2 the test comes before RECLAIM_CLEAN, may_enter_fs and may_writepage', () => {
    expect(outcome('kswapd', 12, '!*')[1]).toBe(1);
    const rig = machineFromText('free 4\n inactive_file: a!', { kernel: 'v3.2' });
    rig.run('direct', batch, ({ sc }) => {
      Object.assign(sc, { gfp: 0, mayWritepage: false });
    });
    expect(rig.page('a')).toBe('a!%');
  });

  test('§9.1 R3.40 the tag survives clear_page_dirty_for_io(), so the page the flusher has written is next to go; dirtying takes it', () => {
    const rig = machineFromText('free 4\n inactive_file: b a!%', { kernel: 'v3.2' });
    rig.k.lru.rotateToTail(rig.pfn('b'), true);
    startWrite(rig, 'a');
    expect(rig.list('inactive_file')).toBe('a~% b');
    written(rig, 'a');
    expect(rig.list('inactive_file')).toBe('b a');
    const again = machineFromText('free 4\n inactive_file: a%', { kernel: 'v3.2' });
    setPageDirty(again.k, again.k.task(0), again.pfn('a'));
    expect(again.page('a')).toBe('a!');
  });

  test.each([
    [12, 32, true],
    [12, 31, false],
    [11, 16, true],
    [11, 15, false],
    [10, 8, true],
    [6, 1, true],
    [6, 0, false],
  ])('§9.2 priority %i, %i of 32 pages under writeback: a nap after the batch is %s', (priority, writeback, naps) => {
    const rig = machineFromText(`free 4\n inactive_file: q{200}~ p{${32 - writeback}} w{${writeback}}~`, {
      kernel: 'v3.2',
      serviceNs: 1e12,
    });
    for (let page = 1; page <= 113; page++)
      rig.run('task', (k, t) =>
        k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: page * 800, pfns: [rig.pfn(`q${page}`)] }),
      );
    rig.k.zone.congested = true;
    const { t } = rig.start('direct', batch, atPriority(priority));
    rig.passNs(1 * MS);
    expect(t.waitKind === WAIT_CONGESTION).toBe(naps);
  });

  test('§9.1 §9.2 that nap is a yield while the zone is not tagged; a batch wholly refused by the disk tags it, high clears it', () => {
    const yields = machineFromText('free 4\n inactive_file: w{32}~', { kernel: 'v3.2' });
    yields.run('direct', batch, atPriority(0));
    expect(yields.k.nowNs).toBeLessThan(1 * MS);
    const rig = machineFromText('free 4\n inactive_file: b! a!', { kernel: 'v2.6.36' });
    rig.k.pages.columns.pins[rig.pfn('a')]!++; // pinned pages get KEEP from pageout()
    rig.run('kswapd', batch);
    expect(rig.k.zone.congested).toBe(false); // the other was written
    const all = machineFromText('min 1 low 2 high 3 free 2\n inactive_file: p{40} b! a!', { kernel: 'v2.6.36' });
    for (const name of ['a', 'b']) all.k.pages.columns.pins[all.pfn(name)]!++;
    all.run('kswapd', batch);
    expect(all.k.zone.congested).toBe(true);
    all.run('kswapd', (k, t) => balancePgdat(k, t, 0));
    expect(all.k.zone.congested).toBe(false);
  });
});

describe('3.6', () => {
  const meet = (as: As, marks: string, gfp = GFP_KERNEL) => {
    const rig = machineFromText(`free 4\n memcg tiny 99\n inactive_file: a${marks}`, { kernel: 'v3.6-memcg' });
    const { t } = rig.start(as, batch, ({ sc }) => {
      sc.gfp = gfp;
    });
    rig.passNs(1 * MS);
    return { rig, t, waits: t.waitKind === WAIT_PAGE_WRITEBACK };
  };

  test('§9.2 the first meeting with a page under writeback tags and keeps it; at the second memcg reclaim waits, without a timeout', () => {
    expect(meet('memcg', '~&')).toMatchObject({ waits: false });
    expect(meet('memcg', '~&').rig.page('a')).toBe('a~%&');
    const { rig, t, waits } = meet('memcg', '~%&');
    expect(waits).toBe(true);
    rig.passNs(100e9);
    expect(t.waitKind).toBe(WAIT_PAGE_WRITEBACK);
    written(rig, 'a');
    rig.passNs(1 * MS);
    expect(rig.page('a')).toBe('a gone');
  });

  test('§9.2 global reclaim never waits, nor does a group’s without __GFP_IO; __GFP_FS is not asked for', () => {
    expect(meet('direct', '~%').waits).toBe(false);
    expect(meet('kswapd', '~%').waits).toBe(false);
    expect(meet('memcg', '~%&', 0).waits).toBe(false);
    expect(meet('memcg', '~%&', GFP_IO).waits).toBe(true);
  });
});

describe('6.1', () => {
  const V61 = { kernel: 'v6.1' } as const;

  test('§9.4 a dirty page at the tail is tagged and activated; the end of its write brings it to the inactive tail', () => {
    const rig = machineFromText('free 4\n inactive_file: c b a!', V61);
    rig.run('direct', batch);
    expect(rig.list('active_file')).toBe('a!%');
    expect(rig.vm.nr_vmscan_immediate_reclaim).toBe(1);
    startWrite(rig, 'a');
    written(rig, 'a');
    expect([rig.list('active_file'), rig.list('inactive_file')]).toEqual(['', 'a']);
  });

  test('§9.4 kswapd writes a file page only with PGDAT_DIRTY set and PG_reclaim on it; direct and memcg reclaim never', () => {
    const writes = (as: As, marks: string, tailIsDirty: boolean) => {
      const rig = machineFromText(`free 4\n memcg tiny 99\n inactive_file: a${marks}`, V61);
      rig.k.zone.tailIsDirty = tailIsDirty;
      rig.run(as, batch, atPriority(0));
      return rig.calls('writepage').length;
    };
    expect(writes('kswapd', '!%', true)).toBe(1);
    expect([writes('kswapd', '!', true), writes('kswapd', '!%', false)]).toEqual([0, 0]);
    expect([writes('direct', '!%', true), writes('memcg', '!%&', true)]).toEqual([0, 0]);
  });

  const flagsAfter = (as: As, pages: string) => {
    const rig = machineFromText(`free 4 swap 0\n inactive_file: ${pages}`, V61);
    rig.run(as, shrinkZone, atPriority(0));
    const { tailIsDirty, tailIsWriteback, tailIsRecycled } = rig.k.zone;
    return [tailIsDirty, tailIsWriteback, tailIsRecycled];
  };

  test('§9.4 kswapd flags the tail: all dirty and unqueued (no file page at all is that too), all under writeback, all met before', () => {
    expect(flagsAfter('kswapd', 'p{32}!')).toEqual([true, false, false]);
    expect(flagsAfter('kswapd', 'q p{32}!')).toEqual([false, false, false]);
    expect(flagsAfter('kswapd', '')).toEqual([true, false, false]); // 0 = 0
    expect(flagsAfter('kswapd', 'p{32}~')).toEqual([false, true, false]);
    expect(flagsAfter('kswapd', 'p{32}~%')).toEqual([false, true, true]);
    expect(flagsAfter('direct', 'p{32}!')).toEqual([false, false, false]);
  });

  test('§9.4 whoever reclaims wakes the flusher after a batch of unqueued dirty pages, and only then', () => {
    const kicks = (as: As, pages: string) => {
      const rig = machineFromText(`free 4 swap 0\n memcg tiny 99\n inactive_file: ${pages}`, V61);
      rig.run(as, batch);
      return rig.calls('flusher');
    };
    expect([kicks('kswapd', 'p{32}!'), kicks('direct', 'p{32}!')]).toEqual([['0'], ['0']]);
    expect([kicks('direct', 'q p{31}!'), kicks('direct', 'q~ p{31}!')]).toEqual([[], []]);
    const scanned = machineFromText('free 4 swap 0\n inactive_file: p{300}~', V61);
    scanned.run('direct', (k, t) => tryToFreePages(k, t, 0, GFP_KERNEL));
    expect(scanned.calls('flusher')).toEqual([]); // R3.27's 48 pages are no reason any more
  });

  test('§9.4 a legacy group’s reclaim stalls after an all-dirty batch, until more than 32 pages for each that stalls are written', () => {
    const rig = machineFromText('free 4 swap 0\n memcg tiny 99\n inactive_file: w{80}~ p{32}!&', V61);
    const { t, answer } = rig.start('memcg', batch);
    rig.passNs(1 * MS);
    expect(t.waitKind).toBe(WAIT_RECLAIM);
    written(rig, ...Array.from({ length: 32 }, (_, at) => `w${at + 1}`));
    rig.passNs(1 * MS);
    expect(answer()).toBeUndefined();
    written(rig, 'w33');
    rig.passNs(1 * MS);
    expect(answer()).toBeDefined();
    const other = machineFromText('free 4 swap 0\n memcg tiny 99\n inactive_file: p{32}!&', V61);
    other.run('memcg', batch);
    expect(Math.floor(other.k.nowNs / MS)).toBe(100); // or 100 ms
  });

  test('§9.4 kswapd that meets tagged pages under writeback in a flagged zone activates them and stalls after its pass', () => {
    const rig = machineFromText('free 4 swap 0\n inactive_file: p{32}~%', V61);
    rig.k.zone.tailIsWriteback = true;
    const { t } = rig.start('kswapd', shrinkZone, atPriority(0));
    rig.passNs(1 * MS);
    expect(rig.list('inactive_file')).toBe('');
    expect(t.waitKind).toBe(WAIT_RECLAIM);
  });

  test('§9.4 CONGESTED and NOPROGRESS are one jiffy, and only while half of what is reclaimable waits to be written', () => {
    const stallsMs = (pages: string, priority: number, recycled: boolean) => {
      const rig = machineFromText(`free 4 swap 0\n inactive_file: ${pages}`, V61);
      rig.k.zone.tailIsRecycled = recycled;
      rig.run('direct', shrinkZone, atPriority(priority));
      return Math.floor(rig.k.nowNs / MS);
    };
    expect(stallsMs('p{80}~', 3, true)).toBe(1);
    expect(stallsMs('p{80}~', 3, false)).toBe(0);
    expect(stallsMs('p{80}~', 1, false)).toBe(1);
    expect(stallsMs('p{80}~', 1, true)).toBe(2);
    expect(stallsMs('q{240}*^ p{80}~', 1, true)).toBe(0);
  });

  test('§9.4 E25 too many isolated: one stall of 20 ms at most, then the call gives up', () => {
    const rig = machineFromText('free 4 swap 0\n inactive_file: p{40}~', V61);
    rig.start('kswapd', (k, t) => {
      t.sc.gfp = GFP_IO | GFP_FS;
      return shrinkInactiveList(k, t, 32, true);
    });
    rig.passNs(1000); // 32 are isolated, 8 are left
    const { t, answer } = rig.start('direct', batch);
    rig.passNs(1000);
    expect(t.waitKind).toBe(WAIT_RECLAIM);
    rig.passNs(21 * MS);
    expect(answer()).toBe(0);
    expect(rig.k.nowNs).toBeLessThan(22 * MS);
  });
});
