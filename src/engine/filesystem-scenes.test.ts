import { describe, expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { stackSplice } from '../scenarios/stack-splice.ts';
import { callPathOf } from './machine/call-path.ts';
import type { Kernel } from './machine/kernel.ts';
import { boot, metric, run, SMALL } from './scene-rig.ts';

/** Dirty pages that end as PG_reclaim without a write under way: there must be none. */
function strayReclaim({ pages }: Kernel): number {
  let stray = 0;
  for (let pfn = 0; pfn < pages.count; pfn++)
    if (pages.isReclaim(pfn) && pages.isDirty(pfn) && !pages.isUnderWriteback(pfn) && !pages.isLocked(pfn)) stray++;
  return stray;
}

describe('E32 who cleans the pages of a filesystem that refuses reclaim', () => {
  const runOn = (filesystem: string, kernel: string) => {
    let stray = 0;
    const { m } = run(seekyVsRange, 3, {
      kernel,
      knobs: { ...SMALL.knobs, 'machine.filesystem': filesystem },
      watch: (k) => {
        if (k.sim.eventsDone % 4096 === 0) stray += strayReclaim(k);
      },
    });
    return { of: (name: string) => metric(m, name), stray };
  };

  test.each(['ext4', 'xfs', 'btrfs'])(
    'E32 R4.2 %s: attempts are counted, PG_reclaim never survives, the flusher cleans',
    (filesystem) => {
      const { of, stray } = runOn(filesystem, 'v2.6.35-rc2');

      expect(of('kswapd_write_file_async') + of('direct_write_file_async')).toBeGreaterThan(0);
      expect([of('written_by_kswapd'), of('written_by_direct'), stray]).toEqual([0, 0, 0]);
      expect(of('written_by_flusher')).toBe(of('pages_written'));
      expect(of('pages_written')).toBeGreaterThan(0);
      expect(of('dirty_laps_mean')).toBeGreaterThan(1);
      expect(of('oom_kills')).toBe(0);
    },
  );

  test('E32 ext2 under the same load is cleaned by reclaim', () => {
    const { of } = runOn('ext2', 'v2.6.35-rc2');
    expect(of('written_by_kswapd') + of('written_by_direct')).toBeGreaterThan(100);
  });
});

describe('E33 a GFP_NOFS storm: one writer on ext4, no swap, dirty limits out of the way', () => {
  const knobs = {
    'machine.memory_mib': 16,
    'machine.swap_mib': 0,
    'vm.dirty_ratio': 100,
    'vm.dirty_background_ratio': 99,
    'vm.dirty_writeback_centisecs': 0,
  };
  const storm = (filesystem: string) => {
    const { m } = run(ddStream, 2, {
      knobs: { ...knobs, 'machine.filesystem': filesystem },
    });
    return (name: string) => metric(m, name);
  };

  test('E33 R1.9 direct reclaim never writes and the writer never dies, though it hardly does anything but reclaim', () => {
    const of = storm('ext4');
    expect(of('direct_reclaims')).toBeGreaterThan(50);
    expect(of('direct_write_file_async')).toBe(0);
    expect(of('oom_kills')).toBe(0);
    expect(of('direct_stall_s')).toBeGreaterThan(1);
    // kswapd asks, and a file that is written for the first time has no blocks.
    expect(of('written_by_kswapd')).toBe(0);
  });
});

test.each([
  ['ext2', true],
  ['ext4', false],
] as const)(
  'R1.9 R6.3 a group at its limit on %s: its reclaim writes (%s), since the charge has the mask of the allocation',
  (filesystem, writes) => {
    const { m } = run(memcgDdScene, 2, { kernel: 'v2.6.35-rc2', knobs: { 'machine.filesystem': filesystem } });
    expect(metric(m, 'memcg_reclaims')).toBeGreaterThan(20);
    expect(metric(m, 'memcg_write_file') > 0).toBe(writes);
  },
);

test.each(['xfs', 'btrfs'])(
  'I15 a seek back on %s finds the same blocks and the same high-water marks',
  (filesystem) => {
    const knobs = { 'machine.memory_mib': 16, 'machine.filesystem': filesystem };
    const engine = boot(stackSplice, { machine: 'A', knobs });
    engine.advance(3 * S);
    const [hash, tasks] = [engine.hash(), engine.takeAdvance().frame.tasks];
    engine.seek(1 * S);
    engine.advance(3 * S);

    expect(engine.hash()).toBe(hash);
    expect(engine.takeAdvance().frame.tasks).toEqual(tasks);
  },
);

test('the depths of model.md §11.4: swap 1 KiB, ext3 2, ext4 3.5, the trace of XFS 3664 and the block layer 784', () => {
  const bytes = (name: string) => callPathOf(name)!.bytes;
  expect([bytes('swap_writepage'), bytes('ext3_ordered_writepage'), bytes('ext4_writepage')]).toEqual([
    1024, 2048, 3584,
  ]);
  expect(bytes('xfs_iomap_write_allocate')).toBe(3664 + 784);
  expect(bytes('__remove_mapping')).toBe(448);
});
