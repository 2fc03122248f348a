import { readTime } from '../../shared/ftrace-line.ts';
import { type Dialect, hasNoFront } from '../dialect.ts';

/** `  8,0    1        1     0.000000000   172  A  RM 52936 + 8 <- (8,1) 50888`. */
const LINE = /^ *(\d+,\d+) +(\d{1,4}) +(\d+) +(\d{1,11}\.\d{9}) +(\d{1,10}) +([A-Z]{1,2}) +(.*)$/;
const COMM = /\[(.*)\](?: \d+)?$/;
const ERROR = /^-?\d+$/;

/**
 * Default text of blkparse. Its columns of disk and number belong to the event here, so the event's text is put together anew:
 * `disk number action rwbs rest`, a blank apart.
 */
export const BLKPARSE: Dialect = {
  name: 'blkparse',
  format: 'blkparse',
  read: (line, into) => {
    const found = LINE.exec(line);
    if (!found) return 'no';
    const [, disk, cpu, number, time, pid, action, rest] = found;
    hasNoFront(into);
    readTime(`${time}: `, 0, into);
    const pidAt = line.indexOf(` ${pid} `, line.indexOf(time!) + time!.length) + 1;
    into.taskAt = pidAt;
    into.nameEnd = pidAt;
    into.taskEnd = pidAt + pid!.length;
    into.pid = Number(pid);
    into.cpu = Number(cpu);
    into.source = `${disk} ${number} ${action} ${rest}`;
    into.eventAt = disk!.length + number!.length + 2;
    into.eventEnd = into.eventAt + action!.length;
    into.textAt = 0;
    into.textEnd = into.source.length;
    return 'event';
  },
  score: () => 0.95,
  taskName: (line) => {
    const comm = COMM.exec(line)?.[1] ?? '';
    return ERROR.test(comm) ? '' : comm;
  },
};
