import { readTime } from '../../shared/ftrace-line.ts';
import { type Dialect, hasNoFront } from '../dialect.ts';

/** `0.000590700 D RM 52936 8 kworker/1:1H`. */
const LINE = /^(\d{1,11}\.\d{9}) ([A-Z]{1,2}) ([A-Z]+) (\d+) (\d+) (\S.*)$/;

/** `blkparse -f "%T.%9t %a %d %S %n %C\n"`: time, action, rwbs, sector, sectors and the task's name. */
export const BLKPARSE_BRIEF: Dialect = {
  name: 'blkparse -f',
  format: 'blkparse',
  read: (line, into) => {
    const found = LINE.exec(line);
    if (!found) return 'no';
    const [, time, action, , , , comm] = found;
    hasNoFront(into);
    readTime(`${time}: `, 0, into);
    into.taskAt = line.length - comm!.length;
    into.nameEnd = line.length;
    into.taskEnd = line.length;
    into.eventAt = time!.length + 1;
    into.eventEnd = into.eventAt + action!.length;
    into.textAt = into.eventAt;
    into.textEnd = line.length;
    return 'event';
  },
  score: () => 0.95,
};
