import type { TraceKind } from '../../abi/trace-table.ts';

/** A value found in an event's text: where it lies, and what it may be. */
export interface Word {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /**
   * 'word': a text without blanks, whatever it looks like. 'any': a text up to the next literal. 'comm': the same, as short as
   * the name of a task. 'hex': hexadecimal without 0x.
   * Undefined: what it looks like.
   */
  readonly as?: 'word' | 'any' | 'comm' | 'hex' | undefined;
}

export interface Value extends Word {
  readonly kind: TraceKind;
  readonly digits: number;
}

const DECIMAL = /^(?:0|-?[1-9]\d{0,19})$/;
const HEX = /^[0-9a-f]{1,16}$/;
/** %p: hashed or not, 16 digits without 0x (8 on a small machine). */
const POINTER_NAMES = new Set(['page', 'folio', 'ptr', 'call_site']);
const POINTER_DIGITS = 16;
const SMALL_POINTER_DIGITS = 8;
const CAPITALS_START = 65;
const CAPITALS_END = 90;
const U64_END = 1n << 64n;
const I64_MIN = -(1n << 63n);

/** The kind of a value by its letters; of 0x… the two letters are left to the words around it. */
export function valueIn(text: string, word: Word): Value {
  const piece = text.slice(word.start, word.end);
  const as = (kind: TraceKind, digits = 0, start = word.start): Value => ({ ...word, start, kind, digits });
  if (word.as === 'hex') return HEX.test(piece) ? as('hex', leastDigits(piece)) : as('text');
  if (word.as !== undefined) return as('text');
  if (piece.startsWith('0x')) {
    const digits = piece.slice(2);
    return HEX.test(digits) ? as('hex', leastDigits(digits), word.start + 2) : as('text');
  }
  if (isPointer(piece, word.name)) return as('hex', leastDigits(piece));
  return as(DECIMAL.test(piece) ? decimalKind(piece) : 'text');
}

/** Leading zeros are kept. */
const leastDigits = (digits: string): number => (digits.length > 1 && digits[0] === '0' ? digits.length : 1);

function isPointer(piece: string, name: string): boolean {
  if (!HEX.test(piece)) return false;
  if (POINTER_NAMES.has(name)) return piece.length === POINTER_DIGITS || piece.length === SMALL_POINTER_DIGITS;
  return piece.length === POINTER_DIGITS && !DECIMAL.test(piece);
}

function decimalKind(piece: string): TraceKind {
  if (Number.isSafeInteger(Number(piece))) return 'int';
  const exact = BigInt(piece);
  if (exact < 0n) return exact >= I64_MIN ? 'i64' : 'text';
  return exact < U64_END ? 'u64' : 'text';
}

const NUMBER = /^(?:-?\d+|0x[0-9a-f]+(?: \(-?\d+\))?|[0-9a-f]{8}|[0-9a-f]{16})$/;

/** Whether a value would be no text if its words were found anew. Nearly all texts begin with a capital letter. */
export function looksLikeNumber(value: string): boolean {
  return value.charCodeAt(0) > CAPITALS_END || value.charCodeAt(0) < CAPITALS_START ? NUMBER.test(value) : false;
}
