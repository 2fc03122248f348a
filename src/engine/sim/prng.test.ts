import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, createPrng, nextU32, shuffled } from './prng.ts';

const seed = fc.integer({ min: 0, max: 0xffffffff });

test('property: numbers are whole and below the bound', () => {
  fc.assert(
    fc.property(seed, fc.nat({ max: 100 }), fc.integer({ min: 1, max: 1 << 21 }), (one, stream, bound) => {
      const state = createPrng(one, stream);
      for (let at = 0; at < 50; at++) {
        const drawn = below(state, bound);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < bound).toBe(true);
      }
    }),
  );
});

test('property: the words are unsigned 32-bit and the state stays in 32 bits', () => {
  fc.assert(
    fc.property(seed, (one) => {
      const state = createPrng(one, 1);
      for (let at = 0; at < 50; at++) {
        const word = nextU32(state);
        expect(word >>> 0).toBe(word);
      }
      for (const word of Object.values(state)) expect(word | 0).toBe(word);
    }),
  );
});

test('E36 I21 a stream depends on seed and number only: equal ones agree, others do not', () => {
  const first = (one: number, stream: number) => {
    const state = createPrng(one, stream);
    return Array.from({ length: 8 }, () => nextU32(state)).join();
  };

  expect(first(7, 3)).toBe(first(7, 3));
  expect(new Set([first(7, 3), first(7, 4), first(8, 3), first(3, 7)]).size).toBe(4);
});

test('every value of a small bound is drawn about equally often', () => {
  const state = createPrng(1, 1);
  const seen = new Array<number>(10).fill(0);
  for (let at = 0; at < 100_000; at++) seen[below(state, 10)]!++;

  for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test('property: a shuffle is a permutation', () => {
  fc.assert(
    fc.property(seed, fc.nat({ max: 200 }), (one, count) => {
      const order = shuffled(createPrng(one, 0), count);
      expect([...order].sort((left, right) => left - right)).toEqual(Array.from({ length: count }, (_, at) => at));
    }),
  );
});
