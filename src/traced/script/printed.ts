import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { type ScriptProcess, totalLatencies } from '../../abi/vmscan-script-process.ts';
import { latencyLines, orders } from '../../abi/vmscan-script-text.ts';
import { countRow, FIGURE_KEYS, figureDefinitions, figureLabel, secondsRow } from './labels.ts';
import type { ModernProcess } from './processes.ts';

// dump_stats() of trace-vmscan-postprocess.pl of 6.12: latencies, a table of direct reclaimers, one of kswapd, the summary.

export const printedText = (processes: readonly ModernProcess[]): string => {
  const width = Math.max(0, ...processes.map(({ name }) => name.length)) + 2;
  const { direct, kswapd } = printedRows(processes);
  const blocks = [
    latencyLines(processes, width),
    directTable(processes.filter(isDirect), width),
    kswapdTable(processes.filter(isKswapd), width),
    ['Summary', ...direct.map(summaryLine)],
    kswapd.map(summaryLine),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
};

const isDirect = ({ directReclaims }: ScriptProcess): boolean => directReclaims > 0;
const isKswapd = ({ kswapdWakeups }: ScriptProcess): boolean => kswapdWakeups > 0;

interface PrintedRow extends ScriptRow {
  /** No process is in the block: the script prints the label and nothing after it. */
  readonly isEmpty: boolean;
}

export function printedRows(processes: readonly ModernProcess[]): {
  readonly direct: readonly PrintedRow[];
  readonly kswapd: readonly PrintedRow[];
} {
  const { directMs, kswapdMs } = totalLatencies(processes);
  const direct = processes.filter(isDirect);
  const kswapd = processes.filter(isKswapd);
  const of = (block: readonly ModernProcess[], row: ScriptRow): PrintedRow => ({
    ...row,
    isEmpty: block.length === 0 && row.unit === '',
  });
  const sum = (block: readonly ModernProcess[], read: (p: ModernProcess) => number) =>
    block.reduce((total, process) => total + read(process), 0);
  const figures = (who: 'Direct' | 'Kswapd', block: readonly ModernProcess[]) =>
    FIGURE_KEYS.map((key) =>
      of(
        block,
        countRow(
          figureLabel(who, key),
          sum(block, (p) => p[key]),
          FIGURES[key],
        ),
      ),
    );
  return {
    direct: [
      of(
        direct,
        countRow(
          'Direct reclaims',
          sum(direct, (p) => p.directReclaims),
          RECLAIMS,
        ),
      ),
      ...figures('Direct', direct),
      of(
        direct,
        countRow(
          'Wake kswapd requests',
          sum(direct, (p) => p.wakeRequests),
          REQUESTS,
        ),
      ),
      of(direct, secondsRow('Time stalled direct reclaim', directMs, STALLED)),
    ],
    kswapd: [
      of(
        kswapd,
        countRow(
          'Kswapd wakeups',
          sum(kswapd, (p) => p.kswapdWakeups),
          WAKEUPS,
        ),
      ),
      ...figures('Kswapd', kswapd),
      of(kswapd, secondsRow('Time kswapd awake', kswapdMs, AWAKE)),
    ],
  };
}

const WHOSE = 'Of tasks with a direct reclaim or a kswapd wake in the trace; others are left out.';
const SCANNED = `nr_scanned of mm_vmscan_lru_isolate from inactive lists. ${WHOSE}`;
const RECLAIMED = `nr_reclaimed of mm_vmscan_lru_shrink_inactive. ${WHOSE}`;
const WRITTEN = `mm_vmscan_writepage events; the script does not know mm_vmscan_write_folio, their name since 5.18. ${WHOSE}`;
const FIGURES = figureDefinitions(SCANNED, RECLAIMED, WRITTEN);
const RECLAIMS =
  'mm_vmscan_direct_reclaim_begin events; reclaim of memory cgroups and nodes is not known to the script.';
const REQUESTS = 'mm_vmscan_wakeup_kswapd events of tasks with at least one direct reclaim: the others are left out.';
const STALLED = 'From each begin to its end, of the same task.';
const WAKEUPS = 'mm_vmscan_kswapd_wake events while it slept: while it is awake they are re-wakeups.';
const AWAKE = 'From the first wake to the full sleep; a sleep whose wake is not in the trace adds the whole uptime.';

/** The script prints more numbers than its columns have names: scanned, of files, of anon, reclaimed, of files. */
function directTable(processes: readonly ModernProcess[], width: number): string[] {
  const head = [
    ['Process', 'Direct', 'Wokeup', 'Pages', 'Pages', 'Pages', 'Pages', 'Time', ''],
    ['details', 'Rclms', 'Kswapd', 'Scanned', 'Rclmed', 'Sync-IO', 'ASync-IO', 'Stalled', ''],
  ];
  const rows = processes.map(
    (p) =>
      directLine(width, [
        p.name,
        ...[p.directReclaims, p.wakeRequests, p.pagesScanned, p.fileScanned, p.anonScanned, p.pagesReclaimed],
        p.fileReclaimed.toFixed(3),
      ]) +
      orders('direct', p.directPerOrder) +
      orders('wakeup', p.wakeRequestsPerOrder),
  );
  return [...head.map((cells) => directLine(width, cells)), ...rows];
}

function kswapdTable(processes: readonly ModernProcess[], width: number): string[] {
  const head = [
    ['Kswapd', 'Kswapd', 'Order', 'Pages', 'Pages', 'Pages', 'Pages'],
    ['Instance', 'Wakeups', 'Re-wakeup', 'Scanned', 'Rclmed', 'Sync-IO', 'ASync-IO'],
  ];
  const rows = processes.map(
    (p) =>
      line(width, p.name, [
        ...cells([p.kswapdWakeups, p.kswapdRewakeups], [8, 10]),
        ...cells([p.pagesScanned, p.fileScanned, p.anonScanned, p.pagesReclaimed], [10, 8, 9, 8]),
      ]) +
      orders('wake', p.kswapdWakeupsPerOrder) +
      orders('rewake', p.kswapdRewakeupsPerOrder),
  );
  return [...head.map(([name, ...rest]) => line(width, name!, cells(rest, [8, 10, 10, 10, 8, 8]))), ...rows];
}

function directLine(width: number, [name, ...rest]: readonly (string | number)[]): string {
  return line(width, String(name), cells(rest, [8, 10, 10, 8, 9, 8, 8, 8]));
}

const cells = (values: readonly (string | number)[], widths: readonly number[]): string[] =>
  values.map((value, at) => String(value).padStart(widths[at]!));

const line = (width: number, name: string, rest: readonly string[]): string =>
  `${name.padEnd(width)} ${rest.join(' ')}`;

const summaryLine = ({ label, value, unit, isEmpty }: PrintedRow): string =>
  `${label}:`.padEnd(SUMMARY_WIDTH) + (unit === '' ? (isEmpty ? '' : value) : `${value.toFixed(2)} ${unit}`);
const SUMMARY_WIDTH = 40;
