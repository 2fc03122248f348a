import { readColumns, readEventName } from '../../shared/ftrace-line.ts';
import type { Dialect } from '../dialect.ts';
import { isPadded, paddedTextAt } from './trace.ts';

/** `trace-cmd report`: the columns of the kernel, the name of the event padded with blanks; a marker is an event `print`. */
export const TRACE_CMD: Dialect = {
  name: 'trace-cmd report',
  format: 'ftrace',
  read: (line, into) => {
    const body = readColumns(line, into);
    if (body === -1 || !readEventName(line, body, into)) return 'no';
    if (into.eventEnd + 2 >= paddedTextAt(into)) return 'event';
    if (!isPadded(line, into)) return 'no';
    into.textAt = Math.min(line.length, paddedTextAt(into));
    return 'event';
  },
  score: (line, front) => (isPadded(line, front) ? 0.95 : 0.5),
};
