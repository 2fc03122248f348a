import { NONE } from './page-table.ts';

/** A line of numbers below a capacity, the one that came first at its head; in and out anywhere at one price. */
export interface Line {
  head: number;
  tail: number;
  length: number;
  readonly before: Int16Array;
  readonly behind: Int16Array;
}

export function createLine(capacity: number): Line {
  return {
    head: NONE,
    tail: NONE,
    length: 0,
    before: new Int16Array(capacity).fill(NONE),
    behind: new Int16Array(capacity).fill(NONE),
  };
}

/** To the end of the line. */
export function joinLine(line: Line, id: number): void {
  const { tail } = line;
  line.before[id] = tail;
  if (tail === NONE) line.head = id;
  else line.behind[tail] = id;
  line.tail = id;
  line.length++;
}

export function leaveLine(line: Line, id: number): void {
  const { before, behind } = line;
  const ahead = before[id]!;
  const after = behind[id]!;
  if (ahead === NONE) line.head = after;
  else behind[ahead] = after;
  if (after === NONE) line.tail = ahead;
  else before[after] = ahead;
  before[id] = NONE;
  behind[id] = NONE;
  line.length--;
}

/** `id`, which is on no line, stands just ahead of `other`. */
export function jumpLine(line: Line, id: number, other: number): void {
  const { before, behind } = line;
  const ahead = before[other]!;
  before[id] = ahead;
  behind[id] = other;
  before[other] = id;
  if (ahead === NONE) line.head = id;
  else behind[ahead] = id;
  line.length++;
}

/** All of them in order, for tests and pictures. */
export function inLine(line: Line): number[] {
  const ids: number[] = [];
  for (let id = line.head; id !== NONE; id = line.behind[id]!) ids.push(id);
  return ids;
}
