import { blanksAfter, type LineFront, readAfterTask, readEventName, readPerfTask } from '../../shared/ftrace-line.ts';
import type { Dialect } from '../dialect.ts';

/** `subsystem:event: text`. */
function readEvent(line: string, start: number, into: LineFront): boolean {
  const at = blanksAfter(line, start);
  const colon = line.indexOf(':', at);
  return colon > at && /^\w+$/.test(line.slice(at, colon)) && readEventName(line, colon + 1, into);
}

/** `perf script`, by default and with -F comm,pid,tid,cpu,time,event,trace and --ns. */
export const PERF: Dialect = {
  name: 'perf script',
  format: 'ftrace',
  read: (line, into) => {
    for (let bracket = line.indexOf(' ['); bracket !== -1; bracket = line.indexOf(' [', bracket + 2)) {
      if (!readPerfTask(line, bracket, into)) continue;
      const body = readAfterTask(line, bracket + 1, into);
      if (body !== -1) return into.flagsEnd === into.flagsAt && readEvent(line, body, into) ? 'event' : 'no';
    }
    return 'no';
  },
  score: () => 0.95,
};
