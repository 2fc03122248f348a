import { describe, expect, test } from 'vitest';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { RUNS, textOf, traceAt } from '../recorded.test-double.ts';
import { summarize, type TraceSummary } from '../summary/summary.ts';
import { scriptReports } from './report.ts';

const TAB = 8;
/** Lines without their order: the script prints processes in the order of a hash. */
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => plainLatencies(line.replace(/([^\t]*)\t/g, (_, before: string) => before.padEnd(toTab(before)))))
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .sort();
const toTab = (before: string): number => (Math.floor(before.length / TAB) + 1) * TAB;

/** `0-0.412000000000262` is 0.412 ms. */
const plainLatencies = (line: string): string =>
  line.replace(/(?<= )(\d+)-(\d+(?:\.\d+)?)(?= |$)/g, (_, order, ms) => `${order}-${Number(Number(ms).toFixed(3))}`);

const asPrinted = (rows: readonly ScriptRow[]) =>
  Object.fromEntries(rows.map(({ label, value, unit }) => [label, unit === '' ? value : Number(value.toFixed(2))]));

describe.each(RUNS)('$name', ({ trace, summary, peer }) => {
  const read = traceAt(trace);
  const { script, counted } = scriptReports(read);

  test('the printout of the script of 6.12, line by line', () => {
    expect(linesOf(script.text)).toEqual(linesOf(textOf(peer)));
  });

  test('its rows are the figures of the printout; what it leaves empty is not there', () => {
    const json = JSON.parse(textOf(summary)) as { peer: Record<string, { figures: unknown }> };
    expect(asPrinted(script.rows)).toEqual(json.peer['6.12-offline']!.figures);
  });

  test('counted fully: the figures of the summary', () => {
    const value = (label: string) => counted.find((row) => row.label === label)!.value;
    const own = summarize(read);
    const { kswapd_awake: awake, reclaim_pairs: pairs, events } = own;
    expect(value('Direct reclaims')).toBe(events.mm_vmscan_direct_reclaim_begin ?? 0);
    expect(value('Wake kswapd requests')).toBe(events.mm_vmscan_wakeup_kswapd ?? 0);
    expect(value('Kswapd wakeups')).toBe(awake.intervals + awake.still_awake_at_end);
    expect(value('Time kswapd awake')).toBe(awake.us_sum / 1e3 / 1e3);
    expect(value('Time stalled direct reclaim')).toBe((pairs.direct?.latency_us_sum ?? 0) / 1e3 / 1e3);
    for (const [label, who] of [
      ['Direct reclaim', 'other'],
      ['Kswapd', 'kswapd'],
    ] as const) {
      expect(value(`${label} pages scanned`)).toBe(own.lru_isolate_inactive_kswapd_vs_other[who]?.nr_scanned ?? 0);
      expect(value(`${label} file pages scanned`) + value(`${label} anon pages scanned`)).toBe(
        value(`${label} pages scanned`),
      );
      expect(value(`${label} pages reclaimed`)).toBe(reclaimedBy(own, who));
      const reclaim = label === 'Kswapd' ? 'Kswapd reclaim' : label;
      expect(value(`${reclaim} write file async I/O`)).toBe(writtenBy(own, who, 'FILE'));
      expect(value(`${reclaim} write anon async I/O`)).toBe(writtenBy(own, who, 'ANON'));
    }
  });
});

const reclaimedBy = (summary: TraceSummary, who: 'kswapd' | 'other') =>
  summary.field_sums_kswapd_vs_other.mm_vmscan_lru_shrink_inactive?.[who]?.nr_reclaimed ?? 0;
const writtenBy = (summary: TraceSummary, who: string, kind: string): number =>
  summary.write_folio_by_task_and_flags[`${who} RECLAIM_WB_${kind}|RECLAIM_WB_ASYNC`] ?? 0;
