import {
  blanksAfter,
  type LineFront,
  readAfterTask,
  readEventName,
  readPerfTask,
  readTime,
} from '../../shared/ftrace-line.ts';
import type { Dialect, LineKind } from '../dialect.ts';

/** Without a cpu: the time follows the pid. */
const NO_CPU = /^ *\S.{0,15}? +\d{1,10}(?:\/\d{1,10})? +(?=\d+\.\d{6,9}: )/;

/** `subsystem:event: text`. */
function readEvent(line: string, start: number, into: LineFront): LineKind {
  const at = blanksAfter(line, start);
  const colon = line.indexOf(':', at);
  const isEvent = colon > at && /^\w+$/.test(line.slice(at, colon)) && readEventName(line, colon + 1, into);
  return isEvent ? 'event' : 'no';
}

function readWithoutCpu(line: string, into: LineFront): LineKind {
  const front = NO_CPU.exec(line)?.[0];
  if (front === undefined || !readPerfTask(line, front.length, into)) return 'no';
  into.cpu = -1;
  into.flagsAt = 0;
  into.flagsEnd = 0;
  return readEvent(line, readTime(line, front.length, into), into);
}

/** `perf script`, by default and with -F comm,pid,tid,cpu,time,event,trace and --ns. */
export const PERF: Dialect = {
  name: 'perf script',
  format: 'ftrace',
  read: (line, into) => {
    for (let bracket = line.indexOf(' ['); bracket !== -1; bracket = line.indexOf(' [', bracket + 2)) {
      if (!readPerfTask(line, bracket, into)) continue;
      const body = readAfterTask(line, bracket + 1, into);
      if (body !== -1) return into.flagsEnd === into.flagsAt ? readEvent(line, body, into) : 'no';
    }
    return readWithoutCpu(line, into);
  },
  score: () => 0.95,
};
