import { type LineFront, readColumns, readEventName } from '../../shared/ftrace-line.ts';
import type { Dialect } from '../dialect.ts';

/** trace-cmd prints blanks after the colon of a short name, up to here. */
const PADDED_TEXT_AT = 22;

/** `shrink_node <-balance_pgdat`, a module in brackets after either. */
const CALL = /^\S+(?: \[\w+\])? <-\S+(?: \[\w+\])?$/;

/** `sys_pread64(fd: 3, count: 1000)` and `sys_pread64 -> 0x1000`: system calls are printed as calls, with no name of an event. */
const SYSTEM_CALL = /^sys_\w+(?:\(.*\)| -> 0x[0-9a-f]+)$/;

/** Where the text would begin had trace-cmd printed the line. Names that are as long as the padding look the same in both. */
export const paddedTextAt = (front: LineFront): number => Math.max(front.eventAt + PADDED_TEXT_AT, front.eventEnd + 2);

/** Blanks that no event of the kernel begins with. */
export function isPadded(line: string, front: LineFront): boolean {
  const end = paddedTextAt(front);
  if (front.eventEnd + 2 >= end) return false;
  for (let at = front.eventEnd + 1; at < end; at++) if (line.charCodeAt(at) !== 32) return false;
  return true;
}

/** /sys/kernel/tracing/trace and trace_pipe, of every kernel: with 0, 4 or 5 flag columns, with or without tgid, any clock. */
export const TRACE: Dialect = {
  name: 'trace',
  format: 'ftrace',
  read: (line, into) => {
    const body = readColumns(line, into);
    if (body === -1) return 'no';
    if (readEventName(line, body, into)) return isPadded(line, into) ? 'no' : 'event';
    const said = line.slice(body);
    if (/^<(?:user )?stack trace>$/.test(said)) return 'stack';
    return CALL.test(said) || SYSTEM_CALL.test(said) ? 'function' : 'no';
  },
  score: () => 0.9,
};
