import { type LineFront, newLineFront } from '../shared/ftrace-line.ts';

/** What a dialect makes of a line. 'no': it is not one of its lines. */
export type LineKind = 'event' | 'stack' | 'function' | 'no';

/** The front of an event's line and where its name and text lie. */
export interface EventFront extends LineFront {
  /** What `eventAt` to `textEnd` are places in: the line, unless a dialect had to put its columns into another order. */
  source: string;
}
export const newEventFront = (): EventFront => ({ ...newLineFront(), source: '' });

/** One shape of line that kernels and their tools print. */
export interface Dialect {
  /** In words, for TraceReading. */
  readonly name: string;
  readonly format: 'ftrace' | 'blkparse';
  /** Fills the front of an event's line, in place. `source` is the line when called. */
  readonly read: (line: string, into: EventFront) => LineKind;
  /** How sure it may be of the line whose front it has just read as an event: 0 to 1. */
  readonly score: (line: string, front: EventFront) => number;
  /** The task's name where it does not stand before the pid; empty where the line does not say. */
  readonly taskName?: (line: string) => string;
}

/** For lines that say neither who nor when. */
export function hasNoFront(into: LineFront): void {
  into.taskAt = 0;
  into.nameEnd = 0;
  into.taskEnd = 0;
  into.pid = -1;
  into.tgid = -1;
  into.cpu = -1;
  into.flagsAt = 0;
  into.flagsEnd = 0;
  into.clock = 'none';
}
