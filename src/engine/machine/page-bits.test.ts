import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearBit, createPageBits, hasBit, nextBit, setBit } from './page-bits.ts';

const SIZE = 3000;

test('I8 property: page-bits are a sorted set: membership, count, and the next member from anywhere', () => {
  // Near word and summary boundaries, where a mistake would sit.
  const index = fc.oneof(
    fc.nat({ max: SIZE - 1 }),
    fc.constantFrom(0, 31, 32, 63, 1023, 1024, 1055, 2047, 2048, SIZE - 1),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), index), { maxLength: 80 }), fc.array(index), (changes, questions) => {
      const bits = createPageBits(SIZE);
      const model = new Set<number>();
      for (const [set, at] of changes) {
        if (set) setBit(bits, at);
        else clearBit(bits, at);
        if (set) model.add(at);
        else model.delete(at);
        expect(hasBit(bits, at)).toBe(set);
        expect(bits.count).toBe(model.size);
      }
      const sorted = [...model].sort((left, right) => left - right);
      for (const from of questions) expect(nextBit(bits, from)).toBe(sorted.find((at) => at >= from) ?? -1);
      const walked: number[] = [];
      for (let at = nextBit(bits, 0); at >= 0; at = nextBit(bits, at + 1)) walked.push(at);
      expect(walked).toEqual(sorted);
    }),
  );
});

test('setting twice and clearing twice count once', () => {
  const bits = createPageBits(10);
  setBit(bits, 3);
  setBit(bits, 3);
  expect(bits.count).toBe(1);
  clearBit(bits, 3);
  clearBit(bits, 3);
  expect(bits.count).toBe(0);
});

test('a set over nothing has no next', () => {
  expect(nextBit(createPageBits(0), 0)).toBe(-1);
  expect(nextBit(createPageBits(32), 32)).toBe(-1);
});
