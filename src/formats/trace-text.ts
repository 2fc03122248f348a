import { formatEvent, type Tracepoint } from '../abi/tracepoints.ts';
import { type Ns, S, US } from '../abi/units.ts';

/** One event as the recorder hands it out. */
export interface TraceRow {
  readonly timeNs: Ns;
  readonly task: string;
  readonly pid: number;
  readonly point: Tracepoint;
  /** In the order of the tracepoint's fields. */
  readonly args: readonly number[];
}

/** TASK_COMM_LEN without its NUL: the kernel cuts longer names. */
const NAME_CHARS = 15;

const HEADER = [
  '# tracer: nop',
  '#',
  '#           TASK-PID   CPU#         TIMESTAMP  FUNCTION',
  '#              | |       |             |         |',
];

/** What /sys/kernel/debug/tracing/trace of 2.6.36 prints, without the irq-info column that came later: the script of the series can read it. */
export function writeTraceText(rows: Iterable<TraceRow>): string {
  const lines = [...HEADER];
  for (const row of rows) lines.push(traceLine(row));
  return `${lines.join('\n')}\n`;
}

/** `comm-pid   [000]  seconds.micros: name: a=1 b=2`; time is cut to microseconds, as the kernel rounds it there. */
export function traceLine({ timeNs, task, pid, point, args }: TraceRow): string {
  const seconds = Math.floor(timeNs / S);
  const micros = Math.floor((timeNs - seconds * S) / US);
  const who = `${task.slice(0, NAME_CHARS).padStart(16)}-${String(pid).padEnd(7)}`;
  const when = `${String(seconds).padStart(5)}.${String(micros).padStart(6, '0')}`;
  return `${who} [000] ${when}: ${formatEvent(point, args)}`;
}
