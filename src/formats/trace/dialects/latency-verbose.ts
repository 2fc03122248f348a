import { readEventName, setTask } from '../../shared/ftrace-line.ts';
import type { Dialect } from '../dialect.ts';

/** `dd     201   0 0 00000001 00000000 [010e92e0] 267.981ms (+0.088ms): `: the bracket holds microseconds, in hexadecimal. */
const FRONT =
  /^(.{1,16}?) +(\d{1,10}) +(\d{1,4}) (\d+) [0-9a-f]{8,} [0-9a-f]{8,} \[([0-9a-f]{8,16})\] -?\d+\.\d+ms \(\+?-?\d+\.\d+ms\): /;
const US_PER_S = 1_000_000n;

/** The options latency-format and verbose together. */
export const LATENCY_VERBOSE: Dialect = {
  name: 'latency-verbose',
  format: 'ftrace',
  read: (line, into) => {
    const found = FRONT.exec(line);
    if (!found) return 'no';
    const [front, name, pid, cpu, , us] = found;
    const pidAt = line.indexOf(` ${pid} `, name!.length) + 1;
    setTask(line, name!.length, pidAt, pidAt + pid!.length, into);
    const time = BigInt(`0x${us}`);
    into.tgid = -1;
    into.cpu = Number(cpu);
    into.flagsAt = 0;
    into.flagsEnd = 0;
    into.clock = 'seconds';
    into.seconds = Number(time / US_PER_S);
    into.fractionNs = Number(time % US_PER_S) * 1000;
    return readEventName(line, front!.length, into) ? 'event' : 'function';
  },
  score: () => 0.95,
};
