import { type Ns, S } from '../../abi/units.ts';

/** The front of an ftrace line, up to the event's own fields. Filled in place: there are hundreds of thousands. */
export interface LineFront {
  /** `comm-pid`: two programs of one name are two tasks. */
  task: string;
  timeNs: Ns;
  event: string;
  /** Where the fields begin in the line. */
  fieldsAt: number;
}

/** ftrace prints "%16s-%-7d": with a name of at most 15 letters the dash stands here, whatever the name holds. */
const DASH_AT = 16;
const ZERO = 48;
const NINE = 57;
const POINT = 46;

/**
 * `comm-pid [cpu] flags seconds.micros: event: fields`, with or without the tgid and flag columns.
 * False for anything else: clocks without a decimal point (they count no time), function traces, prose.
 */
export function readLineFront(line: string, into: LineFront): boolean {
  const bracket = line.indexOf(' [', isPidAt(line, DASH_AT + 1) ? DASH_AT : 0);
  if (bracket === -1) return false;
  const dash = isPidAt(line, DASH_AT + 1) ? DASH_AT : line.lastIndexOf('-', bracket);
  if (dash < 1 || !isPidAt(line, dash + 1)) return false;
  const timeEnd = line.indexOf(': ', bracket);
  if (timeEnd === -1) return false;
  const timeNs = readSeconds(line, line.lastIndexOf(' ', timeEnd) + 1, timeEnd);
  const eventEnd = line.indexOf(':', timeEnd + 2);
  if (eventEnd === -1 || Number.isNaN(timeNs)) return false;
  let pidEnd = dash + 1;
  while (isDigit(line.charCodeAt(pidEnd))) pidEnd++;
  into.task = line.slice(0, pidEnd).trimStart();
  into.timeNs = timeNs;
  into.event = line.slice(timeEnd + 2, eventEnd);
  into.fieldsAt = eventEnd + 1;
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
const isPidAt = (line: string, at: number): boolean => line.charCodeAt(at - 1) === 45 && isDigit(line.charCodeAt(at));

/** 0 to 15, or 16 where the letter is no digit. */
function digitOf(code: number): number {
  if (isDigit(code)) return code - ZERO;
  return code >= 97 && code <= 102 ? code - 87 : 16;
}

/** Whole nanoseconds without a float on the way: 26.786987 s as a double is not 26786987000 ns. */
function readSeconds(line: string, start: number, end: number): Ns {
  let seconds = 0;
  let at = start;
  for (; at < end && isDigit(line.charCodeAt(at)); at++) seconds = seconds * 10 + line.charCodeAt(at) - ZERO;
  if (at === start || line.charCodeAt(at) !== POINT) return Number.NaN;
  let fractionNs = 0;
  let unitNs = S;
  for (at++; at < end && isDigit(line.charCodeAt(at)); at++) {
    unitNs /= 10;
    fractionNs += (line.charCodeAt(at) - ZERO) * unitNs;
  }
  return at === end && unitNs >= 1 ? seconds * S + fractionNs : Number.NaN;
}
