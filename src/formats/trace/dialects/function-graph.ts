import { readEventName, readTime } from '../../shared/ftrace-line.ts';
import { type Dialect, hasNoFront } from '../dialect.ts';

/** ` 1) ` and what the options funcgraph-abstime and funcgraph-proc put around it: `   26.931100 |   1)  kswapd0-51   |`. */
const FRONT = /^ *(?:(\d+\.\d{6}) +\| +)?(\d{1,4})\) (?: *(\S.{0,15}?)-(\d{1,10}) +\|)?/;
const CALL = /\||=> +\S/;
const OPEN = '/* ';
const CLOSE = ' */';

/** The function_graph tracer: events are comments between the calls, without task and time unless asked for. */
export const FUNCTION_GRAPH: Dialect = {
  name: 'function_graph',
  format: 'ftrace',
  read: (line, into) => {
    const found = FRONT.exec(line);
    if (!found || !CALL.test(line)) return 'no';
    const [front, time, cpu, name, pid] = found;
    const open = line.indexOf(OPEN, front.length);
    const isComment = open !== -1 && line.slice(0, open).trimEnd().endsWith('|') && line.endsWith(CLOSE);
    hasNoFront(into);
    into.cpu = Number(cpu);
    if (time !== undefined) readTime(`${time}: `, 0, into);
    if (name !== undefined) {
      into.taskAt = line.indexOf(`${name}-${pid}`);
      into.nameEnd = into.taskAt + name.length;
      into.taskEnd = into.nameEnd + 1 + pid!.length;
      into.pid = Number(pid);
    }
    if (!isComment || !readEventName(line, open + OPEN.length, into)) return 'function';
    into.textEnd = line.length - CLOSE.length;
    return 'event';
  },
  score: () => 0.95,
};
