import type { TraceReading } from '../../abi/trace-table.ts';
import type { TracedInfo, TracedRow } from '../../abi/traced.ts';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { fixed } from './format.ts';

/** A fact about a trace; where there are two ways of counting, both. */
interface SectionRow extends TracedRow {
  /** Over every event; a dash where it is not counted so. */
  readonly counted?: string;
  /** Whether both are the same, in a word, where they should be. */
  readonly verdict?: string;
}

/** A table of facts about a trace. */
export interface TracedSection {
  readonly id: string;
  readonly title: string;
  /** Names of the columns, where there are two. */
  readonly readings?: readonly [string, string];
  /** What is to be known when reading it. */
  readonly note?: string;
  readonly rows: readonly SectionRow[];
}

/** All that is known of a trace as a whole, in the order in which one would ask; sections of which it has nothing are left out. */
export function tracedSections(info: TracedInfo): readonly TracedSection[] {
  const sections: readonly TracedSection[] = [
    { id: 'file', title: 'The file', rows: fileRows(info) },
    { id: 'lines', title: 'How it was read', rows: lineRows(info.reading) },
    { id: 'events', title: 'Events by name', rows: info.events },
    { id: 'sums', title: 'Sums', rows: info.sums },
    { id: 'groups', title: 'Memory cgroups', rows: info.groups },
    {
      id: 'script',
      title: 'trace-vmscan-postprocess.pl',
      readings: ['as it prints', 'every event'],
      rows: scriptRows(info),
    },
    ...vmstatSections(info.vmstat),
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** The kernel's own counters, where they were opened with the trace. */
function vmstatSections(vmstat: TracedInfo['vmstat']): readonly TracedSection[] {
  if (!vmstat) return [];
  const { checks, why, moved, movedInCgroup } = vmstat;
  return [
    {
      id: 'vmstat',
      title: 'Beside /proc/vmstat',
      readings: ['trace', 'counters'],
      note: why,
      rows: checks.map(({ trace, vmstat: counted, equal, ...row }) => ({
        ...row,
        value: trace,
        counted,
        verdict: equal ? 'equal' : 'differs',
      })),
    },
    { id: 'moved', title: 'Moved in /proc/vmstat', rows: moved },
    { id: 'moved-cgroup', title: 'Moved in memory.stat', rows: movedInCgroup },
  ];
}

/** What a number of a trace is called where definitions are opened. */
export const tracedName = (section: string, label: string): string => `traced:${section}:${label}`;

export function tracedRow(info: TracedInfo | undefined, name: string): SectionRow | undefined {
  if (!info) return undefined;
  for (const { id, rows } of tracedSections(info))
    for (const row of rows) if (tracedName(id, row.label) === name) return row;
  return undefined;
}

const CLOCKS = {
  seconds: 'in seconds',
  count: 'a count, not seconds',
  none: 'not printed',
} as const;

function fileRows({ reading, clock, durationNs }: TracedInfo): readonly TracedRow[] {
  return [
    { label: 'name', value: reading.name, definition: 'The file as it was opened.' },
    {
      label: 'size, MiB',
      value: fixed(reading.bytes / 2 ** 20, 2),
      definition: 'Of its text; of a gzipped file once it is unpacked.',
    },
    {
      label: 'read as',
      value: [reading.format, ...reading.dialects].join(', '),
      definition: 'Which program printed it, and the shapes of line that were met in it.',
    },
    {
      label: 'times',
      value: CLOCKS[clock],
      definition:
        'What its time column counts. Clocks that count no seconds (counter, uptime, cycles) tell the order of events only, and so does a text without the column.',
    },
    {
      label: 'duration, s',
      value: clock === 'seconds' ? fixed(durationNs / 1e9, 3) : fixed(Number.NaN, 0),
      definition: 'From the first event to the last.',
    },
  ];
}

type Counted = {
  [K in keyof TraceReading]: TraceReading[K] extends number | undefined ? K : never;
}[keyof TraceReading];

const LINES: readonly { readonly of: Counted; readonly label: string; readonly definition: string }[] = [
  { of: 'lines', label: 'lines', definition: 'Of the text. Each is counted once more below.' },
  { of: 'eventLines', label: 'events', definition: 'Lines that are an event: what everything else here is made of.' },
  { of: 'unparsedLines', label: 'not understood', definition: 'Lines that were left out; the first ten stand below.' },
  { of: 'headerLines', label: 'header', definition: 'Lines that begin with #, and those that a program prints first.' },
  {
    of: 'lostLines',
    label: 'losses',
    definition: 'Lines “[LOST n EVENTS]”: the buffer was full. A picture is hatched there.',
  },
  {
    of: 'bufferStartedLines',
    label: 'buffers started',
    definition: 'Lines “CPU n buffer started”: earlier events of that CPU had been overwritten.',
  },
  { of: 'stackLines', label: 'of kernel stacks', definition: 'Lines of stack traces: understood, and no event.' },
  {
    of: 'functionLines',
    label: 'of other tracers',
    definition: 'Lines of a function tracer, and system calls: understood, and no event.',
  },
  { of: 'footerLines', label: 'footer', definition: 'Lines with which blkparse sums up: understood, and no event.' },
  { of: 'emptyLines', label: 'empty', definition: 'Lines without a letter.' },
  {
    of: 'timesGoingBack',
    label: 'times going back',
    definition: 'Events stamped earlier than the one before: CPUs are merged by their own clocks.',
  },
  {
    of: 'entriesInBuffer',
    label: 'entries in the buffer',
    definition: 'As the header has it: what was still held when the text was read.',
  },
  {
    of: 'entriesWritten',
    label: 'entries written',
    definition:
      'As the header has it: all that was ever written; what is more than was still held has been overwritten.',
  },
];
/** Said even where it is none. */
const ALWAYS: readonly Counted[] = ['lines', 'eventLines', 'unparsedLines', 'lostLines'];

const lineRows = (reading: TraceReading): readonly TracedRow[] =>
  LINES.flatMap(({ of, label, definition }) => {
    const count = reading[of];
    return count === undefined || (count === 0 && !ALWAYS.includes(of))
      ? []
      : [{ label, value: String(count), definition }];
  });

/** The script leaves out whom it does not know, and prints no empty row: what every event adds up to stands beside it. */
function scriptRows({ script, counted }: TracedInfo): readonly SectionRow[] {
  const labels = new Set([...counted, ...script.rows].map(({ label }) => label));
  return [...labels].map((label) => {
    const printed = script.rows.find((row) => row.label === label);
    const full = counted.find((row) => row.label === label);
    const unit = (printed ?? full)?.unit;
    const definitions = [
      printed && `As it prints: ${printed.definition}`,
      full && `Every event: ${full.definition}`,
    ].filter((definition) => definition !== undefined);
    return {
      label: unit === 'seconds' ? `${label}, s` : label,
      value: readingOf(printed),
      counted: readingOf(full),
      definition: definitions.join(' '),
    };
  });
}

const readingOf = (row: ScriptRow | undefined): string => {
  if (!row || !Number.isFinite(row.value)) return '–';
  return row.unit === 'seconds' ? row.value.toFixed(2) : String(row.value);
};
