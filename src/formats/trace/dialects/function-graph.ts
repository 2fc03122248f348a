import { readEventName } from '../../shared/ftrace-line.ts';
import { type Dialect, hasNoFront } from '../dialect.ts';

// ` 1)   4.2 us    |      /* event: text */`
const LINE = /^ *(\d{1,4})\) .*?\| +(?:\/\* )?/;
const SWITCH = /^ *\d+\) +\S.* => +\S/;
const CLOSED = ' */';

/** The function_graph tracer: events are comments between the calls, without task and time. */
export const FUNCTION_GRAPH: Dialect = {
  name: 'function_graph',
  format: 'ftrace',
  read: (line, into) => {
    const found = LINE.exec(line);
    if (!found) return SWITCH.test(line) ? 'function' : 'no';
    hasNoFront(into);
    into.cpu = Number(found[1]);
    const isComment = found[0].endsWith('/* ') && line.endsWith(CLOSED);
    if (!isComment || !readEventName(line, found[0].length, into)) return 'function';
    into.textEnd = line.length - CLOSED.length;
    return 'event';
  },
  score: () => 0.95,
};
