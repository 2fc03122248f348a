import { expect, test } from 'vitest';
import { METRIC_INDEX } from '../abi/metrics.ts';
import { areModesBits } from './isolate-mode.ts';
import { TracedMachine } from './play/traced-machine.ts';
import { traceOf } from './recorded.test-double.ts';
import { scriptReports } from './script/report.ts';

const front = '              dd-9     [000]     1.000000: ';
const begin = `${front}mm_vmscan_direct_reclaim_begin: order=0 may_writepage=1 gfp_flags=GFP_NOFS`;
const isolate = (mode: number, scanned = 32, order = 0) =>
  `${front}mm_vmscan_lru_isolate: isolate_mode=${mode} order=${order} nr_requested=32 nr_scanned=${scanned} nr_taken=32 contig_taken=0 contig_dirty=0 contig_failed=0`;
const judged = `${front}mm_vmscan_lru_shrink_inactive: nid=0 zid=1 nr_scanned=32 nr_reclaimed=32 priority=12 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC`;
const named = (mode: number) =>
  `${front}mm_vmscan_lru_isolate: isolate_mode=${mode} classzone=3 order=0 nr_requested=32 nr_scanned=32 nr_skipped=0 nr_taken=32 lru=inactive_file`;

test.each([
  ['0 is the inactive list of older kernels', [isolate(0), isolate(1), judged], false],
  ['nothing but the active list is aged by no kernel', [isolate(1)], true],
  ['a batch that is judged is of the inactive list', [isolate(1), isolate(2, 32, 3), judged], true],
  ['of both lists is 3 in bits', [isolate(3, 32, 4)], true],
  ['more bits than the lists have', [isolate(13)], true],
  ['2 for single pages is the active list', [isolate(1), isolate(2)], true],
  ['2 for higher orders may be both lists', [isolate(1), isolate(2, 32, 3)], false],
  ['where the list is named nobody asks', [named(1), judged], false],
  ['no batch at all', [begin], false],
])('%s', (_, lines, areBits) => {
  expect(areModesBits(traceOf(...lines).table)).toBe(areBits);
});

test('the words of 3.2 count as scanned what 3.2 does: all but the active list', () => {
  const read = traceOf(begin, isolate(1, 32), isolate(2, 500), isolate(13, 7), judged);
  const { script, counted } = scriptReports(read);
  const scanned = (rows: typeof counted) => rows.find(({ label }) => label === 'Direct reclaim pages scanned')?.value;
  const machine = new TracedMachine('lines.txt', read.table);
  machine.seek(machine.durationNs);

  expect([scanned(script.rows), scanned(counted)]).toEqual([39, 39]);
  expect(machine.takeAdvance().frame.metrics[METRIC_INDEX.direct_pages_scanned]).toBe(39);
});
