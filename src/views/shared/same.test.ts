import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSame } from './same.ts';

test('two copies of anything plain are the same', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => isSame(value, structuredClone(value))));
});

test('two different things are not', () => {
  const plain = fc.jsonValue({ maxDepth: 2 });
  fc.assert(fc.property(plain, plain, (a, b) => isSame(a, b) === (sorted(a) === sorted(b))));
});

test('typed arrays are compared by what they hold', () => {
  expect(isSame(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 3))).toBe(true);
  expect(isSame(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 4))).toBe(false);
  expect(isSame(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2))).toBe(false);
  expect(isSame(Uint8Array.of(1), Int32Array.of(1))).toBe(false);
  const memory = Uint8Array.of(1, 1, 2, 2);
  expect(isSame(memory.subarray(0, 2), memory.subarray(0, 2))).toBe(true);
  expect(isSame(memory.subarray(0, 2), memory.subarray(2, 4))).toBe(false);
  expect(isSame(Float64Array.of(Number.NaN), Float64Array.of(Number.NaN))).toBe(true);
});

test('what is missing differs from what is there', () => {
  expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false);
  expect(isSame([], {})).toBe(false);
  expect(isSame({}, [])).toBe(false);
  expect(isSame(null, {})).toBe(false);
});

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part as object).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
