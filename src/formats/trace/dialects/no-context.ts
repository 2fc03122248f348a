import { readEventName } from '../../shared/ftrace-line.ts';
import { type Dialect, hasNoFront } from '../dialect.ts';

/** Prose may begin with a word and a colon too; these it hardly begins with. */
const KERNEL_NAME = /^(mm|block|writeback|balance|wbc|ext4|global_dirty|bdi|folio|sched)_/;

/** The option nocontext-info: the line begins with the event. */
export const NO_CONTEXT: Dialect = {
  name: 'nocontext-info',
  format: 'ftrace',
  read: (line, into) => {
    hasNoFront(into);
    return readEventName(line, 0, into) && KERNEL_NAME.test(line) ? 'event' : 'no';
  },
  score: () => 0.5,
};
