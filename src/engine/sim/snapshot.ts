import { isTypedArray, type TypedArray } from './checkpoint.ts';

/**
 * Snapshots of one machine along its run. In a second of it few pages change hands: each typed array is kept in parts, and a
 * part that is as it was in the snapshot before is that snapshot's own (measured on 100,000 pages, reading 10,000 a second: a
 * tenth is new). So a hundred of them cost the memory of ten, and a seek begins close to where it goes.
 */
export interface Snapshot {
  readonly state: unknown;
}

/** Smaller parts share more and cost more to keep track of: 256 bytes, 7 % is new in a second; 4 KiB, 12 %. */
const PART_WORDS = 1024;
const WORD_BYTES = 4;

/** A typed array, copied. */
class Column {
  readonly like: TypedArray;
  readonly length: number;
  readonly parts: readonly Int32Array[];
  /** What does not fill a word at the end. */
  readonly rest: Uint8Array;

  constructor(array: TypedArray, before: unknown) {
    const known = before instanceof Column && before.length === array.length ? before.parts : [];
    const words = wordsOf(array);
    const parts: Int32Array[] = [];
    for (let from = 0; from < words.length; from += PART_WORDS) {
      const old = known[parts.length];
      parts.push(old !== undefined && isSame(words, from, old) ? old : words.slice(from, from + PART_WORDS));
    }
    this.like = array.subarray(0, 0);
    this.length = array.length;
    this.parts = parts;
    this.rest = bytesOf(array).slice(words.length * WORD_BYTES);
  }

  /** The array again: in `spare` if that is one of the same kind and size. */
  restore(spare: unknown): TypedArray {
    const Kind = this.like.constructor as new (length: number) => TypedArray;
    const isFit = isTypedArray(spare) && spare.constructor === Kind && spare.length === this.length;
    const array = isFit ? spare : new Kind(this.length);
    const words = wordsOf(array);
    for (let at = 0; at < this.parts.length; at++) words.set(this.parts[at]!, at * PART_WORDS);
    bytesOf(array).set(this.rest, words.length * WORD_BYTES);
    return array;
  }
}

function wordsOf(array: TypedArray): Int32Array {
  return new Int32Array(array.buffer, array.byteOffset, Math.floor(array.byteLength / WORD_BYTES));
}
function bytesOf(array: TypedArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
function isSame(words: Int32Array, from: number, part: Int32Array): boolean {
  for (let at = 0; at < part.length; at++) if (words[from + at] !== part[at]) return false;
  return true;
}

/** Copies a machine's record; `before` is the snapshot to share with. */
export function takeSnapshot(record: unknown, before?: Snapshot): Snapshot {
  return { state: keep(record, before?.state) };
}

function keep(value: unknown, before: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTypedArray(value)) return new Column(value, before);
  if (Array.isArray(value)) {
    const befores = Array.isArray(before) ? before : [];
    return value.map((item, at) => keep(item, befores[at]));
  }
  return mapFields(value, before, keep);
}

/** The record again, its own: nothing of it is the snapshot's. The buffers of `spare`, a record of the same run, are written over. */
export function fromSnapshot<T>({ state }: Snapshot, spare?: T): T {
  return restore(state, spare) as T;
}

function restore(kept: unknown, spare: unknown): unknown {
  if (typeof kept !== 'object' || kept === null) return kept;
  if (kept instanceof Column) return kept.restore(spare);
  if (Array.isArray(kept)) {
    const spares = Array.isArray(spare) ? spare : [];
    return kept.map((item, at) => restore(item, spares[at]));
  }
  return mapFields(kept, spare, restore);
}

function mapFields(value: object, other: unknown, one: (value: unknown, other: unknown) => unknown): object {
  const others = typeof other === 'object' && other !== null ? (other as Record<string, unknown>) : {};
  const mapped: Record<string, unknown> = {};
  for (const key in value) mapped[key] = one((value as Record<string, unknown>)[key], others[key]);
  return mapped;
}

/** Bytes in typed arrays that a snapshot holds and the one before it does not: what a memory budget is counted in. */
export function ownBytes(snapshot: Snapshot, before?: Snapshot): number {
  return countOwn(snapshot.state, before?.state);
}

function countOwn(kept: unknown, before: unknown): number {
  if (typeof kept !== 'object' || kept === null) return 0;
  if (kept instanceof Column) {
    const others = before instanceof Column ? before.parts : [];
    return kept.parts.reduce((sum, part, at) => (part === others[at] ? sum : sum + part.byteLength), kept.rest.length);
  }
  const others = typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : {};
  let sum = 0;
  for (const key in kept) sum += countOwn((kept as Record<string, unknown>)[key], others[key]);
  return sum;
}
