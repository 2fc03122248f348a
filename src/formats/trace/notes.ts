import type { TraceColumns } from './columns.ts';

/** Counters of TraceReading for the lines that are no events. */
export type NoteKind = 'header' | 'lost' | 'bufferStarted' | 'stack' | 'function' | 'footer' | 'empty';

/** What the text says of itself. */
export interface NoteFacts {
  entriesInBuffer: number | undefined;
  entriesWritten: number | undefined;
}

interface Note {
  readonly kind: NoteKind;
  readonly pattern: RegExp;
  readonly take?: (found: RegExpExecArray, columns: TraceColumns, facts: NoteFacts) => void;
}

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** Lines that are understood and are no events; the first that fits counts. */
const NOTES: readonly Note[] = [
  { kind: 'empty', pattern: /^\s*$/ },
  {
    kind: 'bufferStarted', // the events of this cpu before here were overwritten
    pattern: /^#+ CPU (\d+) buffer started #+$/,
    take: ([, cpu], columns) => columns.gap(Number(cpu), undefined),
  },
  {
    kind: 'header',
    pattern: /^#.*(?:entries-in-buffer\/entries-written:|latency: .*#)\s*(\d+)\/(\d+)/,
    take: ([, inBuffer, written], columns, facts) => {
      facts.entriesInBuffer = Number(inBuffer);
      facts.entriesWritten = Number(written);
      const lost = facts.entriesWritten - facts.entriesInBuffer;
      if (lost > 0) columns.gap(-1, lost);
    },
  },
  { kind: 'header', pattern: /^#/ },
  { kind: 'header', pattern: /^(?:cpus=\d+|version = \S+|CPU \d+ is empty)$/ }, // trace-cmd
  {
    kind: 'lost',
    pattern: /^CPU:(\d+) \[(?:LOST (?:(\d+) )?EVENTS|(?:(\d+) )?EVENTS DROPPED)\]$/,
    take: ([, cpu, lost, dropped], columns) => columns.gap(Number(cpu), numberOf(lost ?? dropped)),
  },
  { kind: 'stack', pattern: /^\s*=> \S/ }, // of the kernel one blank in, of trace-cmd none
  { kind: 'stack', pattern: /^\s+[0-9a-f]{4,16} \S.* \(.*\)$/ }, // perf script -g
  { kind: 'function', pattern: /^ -{10,}$/ }, // function_graph, around a switch of tasks
  { kind: 'footer', pattern: /^(?:CPU\d+|Total) \(.*\):$/ }, // blkparse from here on
  { kind: 'footer', pattern: /^ (?:Reads?|Writes?|IO|PC Reads?|PC Writes?) \w+: /i },
  { kind: 'footer', pattern: /^(?:Throughput \(R\/W\)|Events \(.*\)|Skips|Input file |Trace started at )/ },
  { kind: 'footer', pattern: /^ *\d+,\d+ +\d+ +\d+ +\d+\.\d{9} +\d+ +m +N / }, // a message of the elevator
];

/** What a line without an event is; undefined where it is nothing known. A loss becomes a gap. */
export function readNote(line: string, columns: TraceColumns, facts: NoteFacts): NoteKind | undefined {
  for (const { kind, pattern, take } of NOTES) {
    const found = pattern.exec(line);
    if (!found) continue;
    take?.(found, columns, facts);
    return kind;
  }
  return undefined;
}
