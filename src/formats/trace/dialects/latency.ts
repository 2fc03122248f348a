import { readEventName, readTime, setTask } from '../../shared/ftrace-line.ts';
import type { Dialect } from '../dialect.ts';

/** ` kswapd0-44        0..... 26717us+: `: the name cut at 8, cpu and flags glued; trace-cmd -l has seconds instead. */
const FRONT = /^(.{1,8}-)(\d{1,10})\s+(\d{1,4})([^\s\d]\S*)\s+(\d+(?:\.\d+)?)(us)?[ +!#*@$]*: /;
const US_DIGITS = 6;

/** The option latency-format, and `trace-cmd report -l`. */
export const LATENCY: Dialect = {
  name: 'latency-format',
  format: 'ftrace',
  read: (line, into) => {
    const found = FRONT.exec(line);
    if (!found) return 'no';
    const [front, name, pid, cpu, flags, time, us] = found;
    setTask(line, name!.length - 1, name!.length, name!.length + pid!.length, into);
    into.tgid = -1;
    into.cpu = Number(cpu);
    into.flagsAt = line.indexOf(cpu! + flags!, into.taskEnd) + cpu!.length;
    into.flagsEnd = into.flagsAt + flags!.length;
    if (us) {
      into.clock = 'seconds';
      into.seconds = Number(time!.slice(0, -US_DIGITS));
      into.fractionNs = Number(time!.slice(-US_DIGITS)) * 1000;
    } else if (readTime(`${time}: `, 0, into) === -1) return 'no';
    if (!readEventName(line, front!.length, into)) return 'function';
    if (!us) into.textAt = Math.max(into.textAt, line.length - line.slice(into.textAt).trimStart().length);
    return 'event';
  },
  score: () => 0.9,
};
