import type { TraceKind } from '../../abi/trace-table.ts';
import { NAME_CHARS } from '../shared/ftrace-line.ts';
import type { TraceColumns } from './columns.ts';
import { looksLikeNumber, type Value } from './values.ts';

/** A field as its next value is read: by what kind of letters, and up to which words. */
interface Slot {
  readonly kind: TraceKind;
  readonly digits: number;
  readonly as: Value['as'];
  /** The words after it. */
  readonly literal: string;
  /** The text that stood here last, and its row: most fields say the same as before. */
  lastText: string;
  lastRow: number;
}

const ZERO = 48;
const SAFE_DIGITS = 15;
const HALF_DIGITS = 8;
const HALF = 2 ** 32;

/** Reads texts of one shape in place: their words are compared, their values go straight into the columns. */
export class Template {
  /** Row of the shape. */
  readonly row: number;
  private readonly first: string;
  private readonly slots: readonly Slot[];

  constructor(row: number, values: readonly Value[], literals: readonly string[]) {
    this.row = row;
    this.first = literals[0]!;
    this.slots = values.map(({ kind, digits, as }, at) => ({
      kind,
      digits,
      as,
      literal: literals[at + 1]!,
      lastText: '',
      lastRow: 0,
    }));
  }

  /**
   * Adds the values between `start` and `end` to the row just begun; false where the text is of another shape, and also where
   * only finding its words anew can tell. Values may have been added even so: the columns are restarted then.
   */
  read(text: string, start: number, end: number, columns: TraceColumns): boolean {
    if (!text.startsWith(this.first, start)) return false;
    let at = start + this.first.length;
    const { slots } = this;
    for (let row = 0; row < slots.length; row++) {
      const slot = slots[row]!;
      const isLast = row === slots.length - 1;
      const valueEnd =
        slot.kind === 'text'
          ? readText(text, at, end, slot, isLast, columns)
          : readNumber(text, at, end, slot, columns);
      if (valueEnd === -1) return false;
      if (!text.startsWith(slot.literal, valueEnd)) return false;
      at = valueEnd + slot.literal.length;
    }
    return at === end;
  }
}

function readNumber(text: string, at: number, end: number, slot: Slot, columns: TraceColumns): number {
  if (slot.kind === 'int') return readInt(text, at, end, columns);
  return slot.kind === 'hex' ? readHex(text, at, end, slot.digits, columns) : readLarge(text, at, slot.kind, columns);
}

function readInt(text: string, from: number, end: number, columns: TraceColumns): number {
  const isNegative = text.charCodeAt(from) === 45;
  const start = isNegative ? from + 1 : from;
  let at = start;
  let value = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  const digits = at - start;
  if (digits === 0 || (digits > 1 && text.charCodeAt(start) === ZERO)) return -1;
  if (isNegative && value === 0) return -1;
  if (digits > SAFE_DIGITS && value > Number.MAX_SAFE_INTEGER) return -1;
  columns.double(isNegative ? -value : value);
  return at;
}

function readHex(text: string, start: number, end: number, least: number, columns: TraceColumns): number {
  let at = start;
  let high = 0;
  let low = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    const digit = code <= 57 ? code - ZERO : code - 87;
    if (digit < 0 || digit > 15 || (code > 57 && digit < 10)) break;
    if (at - start >= HALF_DIGITS) high = ((high << 4) | (low >>> 28)) >>> 0;
    low = ((low << 4) | digit) >>> 0;
  }
  const digits = at - start;
  if (digits < least || digits > 2 * HALF_DIGITS) return -1;
  if (digits > least && text.charCodeAt(start) === ZERO) return -1;
  columns.wide(high, low);
  return at;
}

/** Decimal numbers beyond 2^53 are few. */
function readLarge(text: string, start: number, kind: TraceKind, columns: TraceColumns): number {
  const digits = /^-?[1-9]\d{15,19}/.exec(text.slice(start, start + 21))?.[0];
  if (digits === undefined || Number.isSafeInteger(Number(digits))) return -1;
  const value = BigInt(digits);
  const isWithin =
    kind === 'u64' ? value >= 0n && value < BigInt(HALF) ** 2n : value < 0n && value >= -(BigInt(HALF) ** 2n) / 2n;
  if (!isWithin) return -1;
  columns.integer(value);
  return start + digits.length;
}

function readText(text: string, at: number, end: number, slot: Slot, isLast: boolean, columns: TraceColumns): number {
  const { lastText, literal } = slot;
  const lastEnd = at + lastText.length;
  if (slot.lastRow !== 0 && text.startsWith(lastText, at) && follows(text, lastEnd, end, literal, isLast)) {
    columns.double(slot.lastRow);
    return lastEnd;
  }
  const valueEnd = isLast ? end - literal.length : text.indexOf(literal, at);
  if (valueEnd < at || valueEnd > end || (literal === '' && !isLast)) return -1;
  const value = text.slice(at, valueEnd);
  if (!mayBe(value, slot, isLast)) return -1;
  slot.lastRow = columns.textRow(value);
  slot.lastText = columns.textAt(slot.lastRow);
  columns.double(slot.lastRow);
  return valueEnd;
}

/** The same text as last time is the same value only if what follows it is what followed then. */
function follows(text: string, at: number, end: number, literal: string, isLast: boolean): boolean {
  return isLast ? at + literal.length === end : literal !== '' && text.startsWith(literal, at);
}

const NO_WORD = /[\s[(]/;
const PADDED = /[ ,]$/;

/** False where the words must be found anew: a number instead of a text, or another key inside it. */
function mayBe(value: string, { as }: Slot, isLast: boolean): boolean {
  if (as === 'any') return true;
  if (as === 'comm') return value.length <= NAME_CHARS;
  if (as === 'word') return !NO_WORD.test(value);
  return !value.includes('=') && (isLast || !PADDED.test(value)) && !looksLikeNumber(value);
}
