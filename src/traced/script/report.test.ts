import { describe, expect, test } from 'vitest';
import { traceOf } from '../recorded.test-double.ts';
import { scriptReports } from './report.ts';

const at = (seconds: string, task: string, text: string, between = '     [000] ..... '): string =>
  `${task.padStart(20)}${between}    ${seconds}: ${text}`;
const begin = 'mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS';
const end = 'mm_vmscan_direct_reclaim_end: nr_reclaimed=32';
const request = 'mm_vmscan_wakeup_kswapd: nid=0 order=0 gfp_flags=GFP_NOFS';
const wake = 'mm_vmscan_kswapd_wake: nid=0 order=0';
const sleep = 'mm_vmscan_kswapd_sleep: nid=0';
const isolate = (scanned: number, lru = 'inactive_file') =>
  `mm_vmscan_lru_isolate: classzone=3 order=0 nr_requested=32 nr_scanned=${scanned} nr_skipped=0 nr_taken=${scanned} lru=${lru}`;
const write = (event: string, pfn: string) =>
  `mm_vmscan_${event}: page=ffffcdf540284940 pfn=${pfn} flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC`;

/** Per row what the script prints and what is counted fully; undefined where the script prints nothing. */
function rowsOf(...lines: readonly string[]): Record<string, readonly [number | undefined, number]> {
  const { script, counted } = scriptReports(traceOf(...lines));
  const printed = new Map(script.rows.map(({ label, value }) => [label, value]));
  return Object.fromEntries(counted.map(({ label, value }) => [label, [printed.get(label), value]]));
}
const processesOf = (...lines: readonly string[]): readonly string[] =>
  scriptReports(traceOf(...lines))
    .script.text.split('\n')
    .filter((line) => line.includes('direct-'))
    .map((line) => line.split(/ +/)[0]!);

describe('who is counted', () => {
  test('wake requests of a task without a direct reclaim are left out by the script', () => {
    const rows = rowsOf(at('1.0', 'cat-7', request), at('1.1', 'dd-9', request), at('1.2', 'dd-9', begin));

    expect(rows['Wake kswapd requests']).toEqual([1, 2]);
  });

  test('kswapd without a wake in the trace is left out, its pages too', () => {
    const rows = rowsOf(at('1.0', 'kswapd0-44', isolate(32)), at('1.2', 'dd-9', begin));

    expect(rows['Kswapd pages scanned']).toEqual([undefined, 32]);
    expect(rows['Direct reclaims']).toEqual([1, 1]);
  });

  test('reclaim of memory cgroups has rows of its own', () => {
    const rows = rowsOf(
      at('1.0', 'dd-9', 'mm_vmscan_memcg_reclaim_begin: order=0 gfp_flags=GFP_NOFS'),
      at('1.1', 'dd-9', isolate(32)),
      at('1.5', 'dd-9', 'mm_vmscan_memcg_reclaim_end: nr_reclaimed=30'),
      at('1.6', 'dd-9', isolate(5)),
      at('1.7', 'dd-9', isolate(7, 'active_file')),
    );

    expect(rows['Memory cgroup reclaims']).toEqual([undefined, 1]);
    expect(rows['Memory cgroup reclaim pages scanned']).toEqual([undefined, 32]);
    expect(rows['Time in memory cgroup reclaim']).toEqual([undefined, 0.5]);
    expect(rows['Direct reclaim pages scanned']).toEqual([undefined, 37]);
  });
});

describe('what is counted', () => {
  test('a sleep whose wake is not in the trace: the script adds the uptime, the full count nothing', () => {
    const rows = rowsOf(
      at('20.5', 'kswapd0-44', sleep),
      at('21.0', 'kswapd0-44', wake),
      at('21.5', 'kswapd0-44', sleep),
    );

    expect(rows['Time kswapd awake']).toEqual([21, 0.5]);
  });

  test('writepage is counted as 5.10 words it; not with a hexadecimal pfn, and not under its later name', () => {
    const rows = rowsOf(
      at('1.0', 'dd-9', begin),
      at('1.1', 'dd-9', write('writepage', '41253')),
      at('1.2', 'dd-9', write('writepage', '0x544c')),
      at('1.3', 'dd-9', write('write_folio', '0x544c')),
    );

    expect(rows['Direct reclaim write file async I/O']).toEqual([1, 3]);
  });

  test('an end without a begin is no latency; a clock that goes back takes nothing off', () => {
    const rows = rowsOf(at('2.0', 'dd-9', begin), at('1.0', 'dd-9', end), at('3.0', 'cat-8', end));

    expect(rows['Time stalled direct reclaim']![0]).toBe(0);
  });

  test('flag columns that the script does not know hide a line from it', () => {
    const rows = rowsOf(at('1.0', 'dd-9', begin), at('1.5', 'dd-9', begin, '     [000] b.... '));

    expect(rows['Direct reclaims']).toEqual([1, 2]);
  });
});

describe('names', () => {
  test('what follows the last other letter; a name the kernel had not recorded is the last one of that pid', () => {
    const names = processesOf(
      at('1.0', 'kworker/u4:5-111', begin),
      at('1.1', '<...>-9', begin),
      at('1.2', 'dd-9', begin),
      at('1.3', '<...>-9', begin),
      at('1.4', 'jbd2/sda1-8-139', begin),
    );

    expect(names).toEqual(['5-111', '-9', 'dd-9', 'sda1-8-139']);
  });

  test('with record-tgid the CPU stands for the task', () => {
    const withTgid = '     (    161) [001] ..... ';

    expect(processesOf(at('1.0', 'dd-9', begin, withTgid), at('1.1', 'cat-8', begin, withTgid))).toEqual(['-[001]']);
  });

  test('text of perf script has no dash before the pid: the script sees none of it', () => {
    const line = 'dd   162 [001]    12.123087: vmscan:mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS';

    expect(rowsOf(line)['Direct reclaims']).toEqual([undefined, 1]);
  });
});

test('of a text without tasks only what needs none is counted', () => {
  expect(rowsOf(begin, isolate(32), end)).toEqual({
    'Direct reclaims': [undefined, 1],
    'Wake kswapd requests': [undefined, 0],
  });
});

test('a clock that counts no time has no seconds', () => {
  const rows = rowsOf(at('100', 'dd-9', begin), at('130', 'dd-9', end));

  expect(rows['Direct reclaims']).toEqual([1, 1]);
  expect(rows).not.toHaveProperty('Time stalled direct reclaim');
});

test('the words of 2.6.36 are read by the script of 2.6.36', () => {
  const old = (mode: number, scanned: number) =>
    `mm_vmscan_lru_isolate: isolate_mode=${mode} order=3 nr_requested=32 nr_scanned=${scanned} nr_taken=32 contig_taken=0 contig_dirty=3 contig_failed=0`;
  const { script, counted } = scriptReports(
    traceOf(
      at('1.0', 'dd-9', 'mm_vmscan_direct_reclaim_begin: order=3 may_writepage=1 gfp_flags=GFP_NOFS', '     [000] '),
      at('1.1', 'dd-9', old(2, 32), '     [000] '),
      at('1.2', 'dd-9', old(1, 500), '     [000] '),
      at('1.3', 'dd-9', write('writepage', '41253'), '     [000] '),
      at('1.4', 'dd-9', end, '     [000] '),
    ),
  );

  expect(script.text).toContain('direct-3=1       contig-dirty=6');
  const value = (label: string) => script.rows.find((row) => row.label === label)?.value;
  expect(['Direct reclaim pages scanned', 'Direct reclaim write file async I/O'].map(value)).toEqual([32, 1]);
  const full = Object.fromEntries(counted.map((row) => [row.label, row.value]));
  expect(full['Direct reclaim pages scanned']).toBe(32);
  // Which list the pages came from is not in the words of 2.6.36, and no event says what was reclaimed: not a zero, but no row.
  expect(full).not.toHaveProperty('Direct reclaim file pages scanned');
  expect(full).not.toHaveProperty('Direct reclaim pages reclaimed');
});
