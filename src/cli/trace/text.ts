import type { TraceClock } from '../../abi/trace-table.ts';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { scriptUnderstands } from '../../traced/script/processes.ts';
import type { BlkparseSummary } from '../../traced/summary/blkparse.ts';
import type { Seeks } from '../../traced/summary/seeks.ts';
import { eventCounts, type TraceSummary } from '../../traced/summary/summary.ts';
import { MAIN_FIELDS } from '../../traced/summary/tables.ts';
import type { TraceReport } from './report.ts';

/** Everything as readable sections, parted by empty lines. */
export function asText(report: TraceReport): string {
  const { read, summary, checks } = report;
  const sections = [
    headLines(report),
    table(['Events', ''], Object.entries(eventCounts(read.table))),
    ...('field_sums' in summary ? ftraceSections(summary, read.table.clock) : blkparseSections(summary)),
    lostLines(report),
    unparsedLines(report),
    ...(checks === undefined ? [] : [table(CHECK_HEAD, checks.figures.map(checkCells))]),
    ...scriptSections(report),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const CHECK_HEAD = ['Beside /proc/vmstat', 'trace', 'vmstat', ''];
const checkCells = ({ figure, trace, vmstat, equal }: NonNullable<TraceReport['checks']>['figures'][number]) => [
  figure,
  trace,
  vmstat,
  equal ? 'equal' : 'differs',
];

function headLines({ place, read: { table: events, reading } }: TraceReport): string[] {
  const tasks = events.tasks.filter(({ name }) => name !== '').length;
  const counts = [
    `${reading.lines} lines`,
    `${reading.bytes} bytes`,
    `${reading.eventLines} events`,
    `${tasks} ${tasks === 1 ? 'task' : 'tasks'}`,
  ];
  const others = [
    [reading.headerLines, 'of header'],
    [reading.stackLines, 'of stacks'],
    [reading.functionLines, 'of functions'],
    [reading.footerLines, 'of footer'],
  ] as const;
  const other = others.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    [place.run, place.file].filter((part) => part !== undefined).join('/'),
    `  read as ${reading.dialects.join(', ')}; ${CLOCKS[events.clock]}`,
    `  ${durationOf({ events })}`,
    `  ${[...counts, ...other].join(', ')}`,
    ...(reading.timesGoingBack > 0 ? [`  the clock goes back ${reading.timesGoingBack} times`] : []),
  ];
}

const CLOCKS = {
  seconds: 'the clock counts seconds',
  count: 'the clock counts no time (events, jiffies or cycles)',
  none: 'no clock in the text: its order is all there is',
} as const;

function durationOf({ events }: { readonly events: TraceReport['read']['table'] }): string {
  if (events.clock === 'none') return `${events.count} events`;
  const first = events.timeNs[0]!;
  const last = events.timeNs[events.count - 1]!;
  const at = (since: number) => events.originNs + BigInt(since);
  if (events.clock === 'count') return `from ${at(first)} to ${at(last)}, ${last - first} counts`;
  return `from ${secondsText(at(first))} to ${secondsText(at(last))} s, ${secondsText(BigInt(last - first))} s long`;
}

const NS_DIGITS = 9;
const MICRO_DIGITS = 6;
/** Cut to microseconds, as ftrace prints them. */
function secondsText(ns: bigint): string {
  const digits = String(ns).padStart(NS_DIGITS + 1, '0');
  return `${digits.slice(0, -NS_DIGITS)}.${digits.slice(-NS_DIGITS).slice(0, MICRO_DIGITS)}`;
}

function ftraceSections(summary: TraceSummary, clock: TraceClock): string[][] {
  const unit = clock === 'count' ? 'counts' : 'us';
  const issued = summary.block.block_rq_issue;
  const sums = Object.entries(summary.field_sums)
    .filter(([, fields]) => MAIN_FIELDS.some((field) => field in fields))
    .map(([event, fields]) => [event, ...MAIN_FIELDS.map((field) => fields[field] ?? '')]);
  const reclaims = Object.entries(summary.reclaim_pairs).map(([kind, pairs]) => [
    kind,
    pairs.pairs,
    timeText(pairs.latency_us_sum),
    timeText(pairs.latency_us_max),
  ]);
  return [
    table(['Sums', ...MAIN_FIELDS], sums),
    table(['Reclaims, begin to end', 'pairs', `${unit} in all`, `${unit} longest`], reclaims),
    issued === undefined
      ? []
      : table(
          ['Requests issued', 'requests', 'sectors', 'distinct sectors'],
          [
            ['writes', issued.write_requests, issued.write_sectors, issued.write_sectors_distinct],
            ['reads', issued.read_requests, issued.read_sectors, issued.read_sectors_distinct],
            ['without length', issued.zero_length, '', ''],
          ],
        ),
    seekTable(summary.seek_issue_order_sectors),
  ];
}

/** Empty where the text has no time. */
const timeText = (micros: number): string => (Number.isNaN(micros) ? '' : String(micros));

function blkparseSections(summary: BlkparseSummary): string[][] {
  const sized = Object.entries(summary.requests_and_sectors_by_action_rwbs);
  return [
    table(['Actions', ''], Object.entries(summary.actions)),
    table(
      ['Action and kind', 'requests', 'sectors'],
      sized.map(([name, [requests, sectors]]) => [name, requests, sectors]),
    ),
    [
      `Distinct sectors written (D): ${summary.D_write_sectors_distinct}, from ${summary.D_write_distinct_start_sectors} first sectors`,
    ],
    seekTable(summary.seek_D_order_sectors),
  ];
}

function seekTable(seeks: Seeks): string[] {
  const rows = (['all', 'writes', 'reads'] as const).flatMap((part) => {
    const sum = seeks[part];
    return sum === undefined
      ? []
      : [[part, sum.abs_from_prev_end, sum.abs_from_prev_start, sum.pairs, sum.sequential, sum.backward]];
  });
  return table(
    ['Seek sums in issue order, sectors', 'from end', 'from start', 'pairs', 'sequential', 'backward'],
    rows,
  );
}

function lostLines({ read: { reading } }: TraceReport): string[] {
  if (reading.lostLines === 0) return ['Lost events: no line says so'];
  return [
    `Lost events: ${reading.lostLines === 1 ? '1 line says' : `${reading.lostLines} lines say`} so`,
    ...reading.lostExamples.map((line) => `  ${line}`),
  ];
}

function unparsedLines({ read: { reading } }: TraceReport): string[] {
  if (reading.unparsedLines === 0) return ['Lines left out: none'];
  const shown = reading.unparsed.map(({ line, text, why }) => `  line ${line}: ${why}: ${text}`);
  const more = reading.unparsedLines - shown.length;
  return [`Lines left out: ${reading.unparsedLines}`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function scriptSections({ read, scripts, form }: TraceReport): string[][] {
  if (scripts === undefined) return [];
  const { script, counted } = scripts;
  const kernel = form === '2.6.36' ? '2.6.36' : '6.12';
  const none = form === '2.6.36' || scriptUnderstands(read) ? '' : ', which understands none of these lines';
  const rows = counted.map((row) => [
    row.unit === '' ? row.label : `${row.label}, ${row.unit}`,
    numberText(script.rows.find(({ label }) => label === row.label)),
    numberText(row),
  ]);
  return [
    [`As trace-vmscan-postprocess.pl of ${kernel} prints it${none}`, '', ...script.text.trimEnd().split('\n')],
    table(['The same rows', 'script', 'counted fully'], rows),
  ];
}

function numberText(row: ScriptRow | undefined): string {
  if (row === undefined) return '';
  return row.unit === '' ? String(row.value) : row.value.toFixed(2);
}

type Cell = string | number | bigint;

/** The first column to the left, the others to the right; nothing where there are no rows. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const texts = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)));
  return texts.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
