import { expect, test } from 'vitest';
import type { ExportRun } from '../../abi/trace-export.ts';
import { EXPORT_FORMATS, type ExportFormatId } from '../../abi/trace-export.ts';
import type { TracepointKey } from '../../abi/tracepoints.ts';
import type { ScriptEvent } from '../../abi/vmscan-script.ts';
import { createTraceWriter } from './registry.ts';

const RUN: ExportRun = {
  machine: 'A',
  kernel: 'v2.6.35-rc2',
  scenario: 'reader',
  seed: 1,
  threads: [],
  disks: 1,
  groups: [],
  vmstat: [['nr_free_pages', 7]],
};
const event = (key: TracepointKey, ...args: number[]): ScriptEvent => ({
  timeNs: 12_123_087_999,
  task: 'kswapd0',
  pid: 44,
  key,
  args,
});
const line = (format: ExportFormatId, one: ScriptEvent) => createTraceWriter(format).event(one);
/** Behind the time. */
const words = (format: ExportFormatId, one: ScriptEvent) => line(format, one).split('12.123087: ')[1];

test('the front of a line, as each kernel prints it: names cut at 15, microseconds cut, letters where there are any', () => {
  const one = { ...event('kswapdWake', 0, 3), task: 'a name that is too long' };
  expect(line('ftrace', one)).toBe(' a name that is -44    [000]    12.123087: mm_vmscan_kswapd_wake: nid=0 order=3\n');
  expect(line('ftrace-6.1', one)).toBe(
    ' a name that is -44      [000] .....    12.123087: mm_vmscan_kswapd_wake: nid=0 order=3\n',
  );
});

test('history.md §6.1 2.6.36 prints its own fields, and has no event that came later', () => {
  expect(words('ftrace', event('wakeupKswapd', 0, 0, 2, 0xd0))).toBe('mm_vmscan_wakeup_kswapd: nid=0 zid=0 order=2\n');
  expect(words('ftrace', event('lruIsolate', 1, 0, 32, 31, 30, 3, 2, 1, 3))).toBe(
    'mm_vmscan_lru_isolate: isolate_mode=1 order=0 nr_requested=32 nr_scanned=31 nr_taken=30 contig_taken=3 contig_dirty=2 contig_failed=1\n',
  );
  expect(words('ftrace', event('writepage', 2, 2, 2 | 8))).toBe(
    'mm_vmscan_writepage: page=ffffea0000000070 pfn=2 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC\n',
  );
  expect(words('ftrace', event('blockRqIssue', 1, 5_000_000_000, 16, 1, 1))).toBe(
    'block_rq_issue: 8,16 W 0 () 5000000000 + 16 [kswapd0]\n',
  );
  expect(words('ftrace', event('blockRqComplete', 0, 8, 16, 0, 1, 5, 6, 7))).toBe(
    'block_rq_complete: 8,0 R () 8 + 16 [0]\n',
  );
  expect(words('ftrace', event('writebackExec', 0, Number.POSITIVE_INFINITY, 0, 1, 1))).toBe(
    'writeback_exec: bdi 8:0: sb_dev 0:0 nr_pages=9223372036854775807 sync_mode=0 kupdate=0 range_cyclic=1 background=1\n',
  );
  expect(line('ftrace', event('lruShrinkInactive', 0, 0, 32, 30, 1, 1, 0, 12, 10))).toBe('');
  expect(line('ftrace', event('throttled', 0, 100_000, 20_000, 0))).toBe('');
});

test('3.2 has bits for the mode, and says what became of a batch', () => {
  expect(words('ftrace-3.2', event('lruIsolate', 1, 0, 32, 31, 30, 3, 2, 1, 3))).toMatch(
    /^mm_vmscan_lru_isolate: isolate_mode=2 order=0 .* contig_failed=1\n$/,
  );
  expect(words('ftrace-3.2', event('lruShrinkInactive', 0, 0, 32, 30, 1, 1, 0, 12, 2 | 8))).toBe(
    'mm_vmscan_lru_shrink_inactive: nid=0 zid=0 nr_scanned=32 nr_reclaimed=30 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC\n',
  );
});

test('6.1 words the same events its own way', () => {
  expect(words('ftrace-6.1', event('wakeupKswapd', 0, 0, 2, 0x200da))).toBe(
    'mm_vmscan_wakeup_kswapd: nid=0 order=2 gfp_flags=GFP_HIGHUSER_MOVABLE\n',
  );
  expect(words('ftrace-6.1', event('directReclaimBegin', 0, 1, 0x110d0))).toBe(
    'mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_KERNEL|__GFP_NORETRY|__GFP_NOMEMALLOC\n',
  );
  expect(words('ftrace-6.1', event('memcgIsolate', 0, 0, 32, 31, 30, 0, 0, 0, 5))).toBe(
    'mm_vmscan_lru_isolate: isolate_mode=0 classzone=2 order=0 nr_requested=32 nr_scanned=31 nr_skipped=0 nr_taken=30 lru=inactive_file\n',
  );
  expect(words('ftrace-6.1', event('lruShrinkInactive', 0, 0, 32, 28, 3, 2, 1, 12, 1 | 8))).toBe(
    'mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=32 nr_reclaimed=28 nr_dirty=3 nr_writeback=2 nr_congested=0 ' +
      'nr_immediate=0 nr_activate_anon=1 nr_activate_file=0 nr_ref_keep=0 nr_unmap_fail=0 priority=12 ' +
      'flags=RECLAIM_WB_ANON|RECLAIM_WB_ASYNC\n',
  );
  expect(words('ftrace-6.1', event('throttled', 0, 100_000, 20_000, 0))).toBe(
    'mm_vmscan_throttled: nid=0 usec_timeout=100000 usect_delayed=20000 reason=VMSCAN_THROTTLE_WRITEBACK\n',
  );
  expect(words('ftrace-6.1', event('writepage', 21580, 21580, 2 | 8))).toMatch(
    /^mm_vmscan_write_folio: page=ffffea[0-9a-f]{10} pfn=0x544c flags=/,
  );
  expect(words('ftrace-6.1', event('blockRqInsert', 0, 8, 16, 1, 1))).toBe(
    'block_rq_insert: 8,0 W 8192 () 8 + 16 [kswapd0]\n',
  );
  expect(words('ftrace-6.1', event('oomKill', 9, 0, 400))).toBe('mark_victim: pid=43\n');
});

test('6.1 has twelve lines of header, with the number of entries once it is known', () => {
  const writer = createTraceWriter('ftrace-6.1');
  const first = writer.begin(RUN);
  expect(first.trimEnd().split('\n')).toHaveLength(12);
  for (let n = 0; n < 24085; n++) writer.event(event('kswapdSleep', 0));
  writer.end({ atNs: 1e9, vmstat: [] });
  const mended = writer.mended?.() ?? '';
  expect(mended).toHaveLength(first.length);
  expect(mended.split('\n')[2]!.trimEnd()).toBe('# entries-in-buffer/entries-written: 24085/24085   #P:1');
});

test('every format begins and ends by itself, and no line of ftrace text is cut', () => {
  for (const { id } of EXPORT_FORMATS) {
    const writer = createTraceWriter(id);
    const text =
      writer.begin(RUN) + writer.event(event('kswapdSleep', 0)) + writer.end({ atNs: 1e9, vmstat: RUN.vmstat });
    expect(text === '' || text.endsWith('\n'), id).toBe(true);
    expect(text, id).not.toMatch(/undefined|NaN/);
  }
});
