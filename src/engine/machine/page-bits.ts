/**
 * A set of page indices in index order: the radix tree's DIRTY and WRITEBACK tags as bits with one summary level,
 * since only ascending walks matter (model.md S12).
 */
export interface PageBits {
  readonly words: Uint32Array;
  /** One bit per word that is not zero. */
  readonly summary: Uint32Array;
  count: number;
}

export function createPageBits(size: number): PageBits {
  const words = Math.ceil(size / 32) || 1;
  return { words: new Uint32Array(words), summary: new Uint32Array(Math.ceil(words / 32)), count: 0 };
}

export function hasBit(bits: PageBits, index: number): boolean {
  return (bits.words[index >>> 5]! & (1 << (index & 31))) !== 0;
}

export function setBit(bits: PageBits, index: number): void {
  const word = index >>> 5;
  const before = bits.words[word]!;
  const after = before | (1 << (index & 31));
  if (after >>> 0 === before) return;
  bits.words[word] = after;
  bits.summary[word >>> 5]! |= 1 << (word & 31);
  bits.count++;
}

export function clearBit(bits: PageBits, index: number): void {
  const word = index >>> 5;
  const before = bits.words[word]!;
  const after = before & ~(1 << (index & 31));
  if (after >>> 0 === before) return;
  bits.words[word] = after;
  if (after === 0) bits.summary[word >>> 5]! &= ~(1 << (word & 31));
  bits.count--;
}

/** Smallest member at or above `from`; -1 when there is none. */
export function nextBit(bits: PageBits, from: number): number {
  const { words, summary } = bits;
  let word = from >>> 5;
  if (word >= words.length) return -1;
  const here = words[word]! & (-1 << (from & 31));
  if (here !== 0) return (word << 5) + lowestBit(here);
  word++;
  let group = word >>> 5;
  if (group >= summary.length) return -1;
  let groups = (word & 31) === 0 ? summary[group]! : summary[group]! & (-1 << (word & 31));
  while (groups === 0) {
    if (++group >= summary.length) return -1;
    groups = summary[group]!;
  }
  const found = (group << 5) + lowestBit(groups);
  return (found << 5) + lowestBit(words[found]!);
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
