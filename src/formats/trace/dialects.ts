import type { TraceClock } from '../../abi/trace-table.ts';
import { type Dialect, newEventFront } from './dialect.ts';
import { BLKPARSE } from './dialects/blkparse.ts';
import { BLKPARSE_BRIEF } from './dialects/blkparse-brief.ts';
import { FUNCTION_GRAPH } from './dialects/function-graph.ts';
import { LATENCY } from './dialects/latency.ts';
import { LATENCY_VERBOSE } from './dialects/latency-verbose.ts';
import { NO_CONTEXT } from './dialects/no-context.ts';
import { PERF } from './dialects/perf.ts';
import { TRACE } from './dialects/trace.ts';
import { TRACE_CMD } from './dialects/trace-cmd.ts';

/** Every shape of line that is known; the one that is surest of a line reads it. */
const DIALECTS: readonly Dialect[] = [
  TRACE,
  TRACE_CMD,
  PERF,
  LATENCY,
  LATENCY_VERBOSE,
  NO_CONTEXT,
  FUNCTION_GRAPH,
  BLKPARSE,
  BLKPARSE_BRIEF,
];

const front = newEventFront();

/** How sure a dialect is of a line: 0 where it is no event of its. */
function scoreOf(dialect: Dialect, line: string): number {
  front.source = line;
  return dialect.read(line, front) === 'event' ? dialect.score(line, front) : 0;
}

/** The dialect that is surest of these lines as a whole; undefined where none knows an event among them. */
export function surestDialect(lines: readonly string[]): { dialect: Dialect; score: number } | undefined {
  let best: { dialect: Dialect; score: number } | undefined;
  for (const dialect of DIALECTS) {
    const score = lines.reduce((sum, line) => sum + scoreOf(dialect, line), 0);
    if (score > (best?.score ?? 0)) best = { dialect, score };
  }
  return best;
}

/** The clock that stamps most of these lines. */
export function clockOf(dialect: Dialect, lines: readonly string[]): TraceClock {
  const times: Record<TraceClock, number> = { none: 0, count: 0, seconds: 0 };
  for (const line of lines) if (scoreOf(dialect, line) > 0) times[front.clock]++;
  if (times.seconds >= times.count) return times.seconds > 0 ? 'seconds' : 'none';
  return 'count';
}

/** Right-aligned: %16s of the kernel, trace-cmd and perf, %8.8s of latency-format. */
const NAME_ENDS: ReadonlySet<number> = new Set([16, 8]);

/**
 * Whether the first line lacks its beginning: tools put all names into one column, so the others' end where the first's does not.
 */
export function beginsInside(dialect: Dialect, lines: readonly string[]): boolean {
  const ends = lines.map((line) => (scoreOf(dialect, line) > 0 ? front.nameEnd : -1));
  const [first, ...others] = [ends[0] ?? -1, ...ends.slice(1).filter((end) => end > 0)];
  const [column] = others;
  if (column === undefined || !NAME_ENDS.has(column) || others.length < 2) return false;
  return first > 0 && first < column && others.every((end) => end === column);
}

/** Lines of other tracers that are no events, whatever the dialect: stacks and calls. */
export function otherKindOf(line: string): 'stack' | 'function' | undefined {
  for (const dialect of DIALECTS) {
    front.source = line;
    const kind = dialect.read(line, front);
    if (kind === 'stack' || kind === 'function') return kind;
  }
  return undefined;
}
