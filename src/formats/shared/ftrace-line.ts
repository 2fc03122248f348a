/**
 * The front of a line that ftrace, trace-cmd or perf printed: task, cpu, irq-info letters and time, up to what the line says.
 * Places in the line instead of pieces of it: there are millions of lines. Filled in place.
 */
export interface LineFront {
  /** `comm-pid` lies from here … */
  taskAt: number;
  /** … its name ends here … */
  nameEnd: number;
  /** … and its pid here. Equal to `taskAt`: the line has no task. */
  taskEnd: number;
  pid: number;
  /** -1: not printed, or dashes. */
  tgid: number;
  /** -1: not printed. */
  cpu: number;
  flagsAt: number;
  flagsEnd: number;
  clock: LineClock;
  /** Whole seconds and the rest in ns; of a clock that counts, the count divided by 10^9 likewise: a double holds neither whole. */
  seconds: number;
  fractionNs: number;
  /** The event's name lies between these two … */
  eventAt: number;
  eventEnd: number;
  /** … and what it says between these. */
  textAt: number;
  textEnd: number;
}
type LineClock = 'seconds' | 'count' | 'none';

export const newLineFront = (): LineFront => ({
  taskAt: 0,
  nameEnd: 0,
  taskEnd: 0,
  pid: -1,
  tgid: -1,
  cpu: -1,
  flagsAt: 0,
  flagsEnd: 0,
  clock: 'none',
  seconds: 0,
  fractionNs: 0,
  eventAt: 0,
  eventEnd: 0,
  textAt: 0,
  textEnd: 0,
});

/** ftrace prints "%16s-%-7d": with a name of at most 15 letters the dash stands here, whatever the name holds. */
const DASH_AT = 16;
const FRACTION_DIGITS = 9;
/** More seconds than 64 bits of nanoseconds hold, or a count of more than 64 bits. */
const SECONDS_DIGITS = 11;
/** TASK_COMM_LEN is 16 with its NUL. */
export const NAME_CHARS = 16;
const PID_DIGITS = 10;
const CPU_DIGITS = 4;
const ZERO = 48;
const NINE = 57;
const POINT = 46;
const BLANK = 32;
const COLON = 58;
const DASH = 45;
const CLOSE = 41;
const UNDERSCORE = 95;

/**
 * `comm-pid [cpu] flags time: event: text`, with or without the tgid and flag columns, in any of ftrace's clocks.
 * False for anything else: function traces, prose.
 */
export function readLineFront(line: string, into: LineFront): boolean {
  const body = readColumns(line, into);
  return body !== -1 && readEventName(line, body, into);
}

/** The columns alone; answers where what the line says begins, -1 where there are no such columns. */
export function readColumns(line: string, into: LineFront): number {
  const from = isPidAt(line, DASH_AT + 1) ? DASH_AT : 0;
  for (let bracket = line.indexOf(' [', from); bracket !== -1; bracket = line.indexOf(' [', bracket + 2)) {
    const body = readTask(line, bracket, into) ? readAfterTask(line, bracket + 1, into) : -1;
    if (body !== -1) return body;
  }
  return -1;
}

/** `comm-pid` and perhaps `(tgid)` before the bracket: read backwards, for the name may hold anything. */
function readTask(line: string, bracket: number, into: LineFront): boolean {
  let at = blanksBefore(line, bracket);
  into.tgid = -1;
  if (line.charCodeAt(at - 1) === CLOSE) {
    const open = line.lastIndexOf('(', at);
    if (open === -1) return false;
    into.tgid = tgidOf(line.slice(open + 1, at - 1).trim());
    at = blanksBefore(line, open);
  }
  const pidEnd = at;
  at = digitsBefore(line, at);
  if (at === pidEnd || pidEnd - at > PID_DIGITS || line.charCodeAt(at - 1) !== DASH) return false;
  setTask(line, at - 1, at, pidEnd, into);
  return into.taskAt < at - 1 && at - 1 - into.taskAt <= NAME_CHARS;
}

/** `perf script`: `comm pid` or `comm pid/tid`; a thread's number is what ftrace calls pid. */
export function readPerfTask(line: string, bracket: number, into: LineFront): boolean {
  const end = blanksBefore(line, bracket);
  let at = digitsBefore(line, end);
  if (at === end || end - at > PID_DIGITS) return false;
  into.tgid = -1;
  const tidAt = at;
  if (line[at - 1] === '/') {
    const slash = at - 1;
    at = digitsBefore(line, slash);
    if (at === slash) return false;
    into.tgid = Number(line.slice(at, slash));
  }
  const nameEnd = blanksBefore(line, at);
  if (nameEnd === at) return false;
  setTask(line, nameEnd, tidAt, end, into);
  return into.taskAt < nameEnd && nameEnd - into.taskAt <= NAME_CHARS;
}

export function setTask(line: string, nameEnd: number, pidAt: number, pidEnd: number, into: LineFront): void {
  let at = 0;
  while (at < nameEnd && line.charCodeAt(at) === BLANK) at++;
  into.taskAt = at;
  into.nameEnd = nameEnd;
  into.taskEnd = pidEnd;
  into.pid = digitsValue(line, pidAt, pidEnd);
}

/** From the cpu's bracket on; -1 where it is none. */
export function readAfterTask(line: string, bracket: number, into: LineFront): number {
  let at = bracket + 1;
  const cpuAt = at;
  while (isDigit(line.charCodeAt(at))) at++;
  if (at === cpuAt || at - cpuAt > CPU_DIGITS || !line.startsWith('] ', at)) return -1;
  into.cpu = digitsValue(line, cpuAt, at);
  at = blanksAfter(line, at + 1);
  into.flagsAt = at;
  if (!isDigit(line.charCodeAt(at))) while (at < line.length && line.charCodeAt(at) !== BLANK) at++;
  into.flagsEnd = at;
  return readTime(line, blanksAfter(line, at), into);
}

/** `seconds.fraction: ` or `count: `; answers where it ends, -1 where it is neither. No float on the way: 26.786987 s is exact. */
export function readTime(line: string, start: number, into: LineFront): number {
  let at = digitsAfter(line, start);
  if (at === start) return -1;
  if (line.charCodeAt(at) === POINT) {
    const fractionAt = at + 1;
    if (at - start > SECONDS_DIGITS) return -1;
    into.clock = 'seconds';
    into.seconds = digitsValue(line, start, at);
    at = digitsAfter(line, fractionAt);
    const digits = at - fractionAt;
    if (digits === 0 || digits > FRACTION_DIGITS) return -1;
    into.fractionNs = digitsValue(line, fractionAt, at) * 10 ** (FRACTION_DIGITS - digits);
  } else {
    const fractionAt = Math.max(start, at - FRACTION_DIGITS);
    if (fractionAt - start > SECONDS_DIGITS) return -1;
    into.clock = 'count';
    into.seconds = digitsValue(line, start, fractionAt);
    into.fractionNs = digitsValue(line, fractionAt, at);
  }
  return line.charCodeAt(at) === COLON && line.charCodeAt(at + 1) === BLANK ? at + 2 : -1;
}

/** `event: text`, the text to the line's end. */
export function readEventName(line: string, start: number, into: LineFront): boolean {
  let at = start;
  while (isWord(line.charCodeAt(at))) at++;
  if (at === start || line.charCodeAt(at) !== COLON) return false;
  if (at + 1 < line.length && line.charCodeAt(at + 1) !== BLANK) return false;
  into.eventAt = start;
  into.eventEnd = at;
  into.textAt = Math.min(line.length, at + 2);
  into.textEnd = line.length;
  return true;
}

/** The number after `key` (key included up to its "=" or blank); NaN where there is none. Hexadecimal with or without 0x. */
export function numberAfter(line: string, key: string, from: number, radix: 10 | 16 = 10): number {
  const found = line.indexOf(key, from);
  if (found === -1) return Number.NaN;
  let at = found + key.length;
  if (radix === 16 && line.startsWith('0x', at)) at += 2;
  const start = at;
  let value = 0;
  for (; at < line.length; at++) {
    const digit = digitOf(line.charCodeAt(at));
    if (digit >= radix) break;
    value = value * radix + digit;
  }
  return at === start ? Number.NaN : value;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const isPidAt = (line: string, at: number): boolean => line.charCodeAt(at - 1) === DASH && isDigit(line.charCodeAt(at));
const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || code === UNDERSCORE || isDigit(code) || (code >= 65 && code <= 90);

/** 0 to 15, or 16 where the letter is no digit. */
function digitOf(code: number): number {
  if (isDigit(code)) return code - ZERO;
  return code >= 97 && code <= 102 ? code - 87 : 16;
}

/** What so many digits say, to the nearest double. */
function digitsValue(line: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + line.charCodeAt(at) - ZERO;
  return value;
}

function tgidOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : -1;
}

function blanksBefore(line: string, end: number): number {
  let at = end;
  while (at > 0 && line.charCodeAt(at - 1) === BLANK) at--;
  return at;
}
export function blanksAfter(line: string, start: number): number {
  let at = start;
  while (line.charCodeAt(at) === BLANK) at++;
  return at;
}
function digitsBefore(line: string, end: number): number {
  let at = end;
  while (at > 0 && isDigit(line.charCodeAt(at - 1))) at--;
  return at;
}
function digitsAfter(line: string, start: number): number {
  let at = start;
  while (isDigit(line.charCodeAt(at))) at++;
  return at;
}
