import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineFromText } from '../machine-from-text.ts';
import { copyState } from './checkpoint.ts';
import { hashState } from './hash.ts';

test('I21 equal states have equal hashes; a hash is 16 hex digits', () => {
  const { m } = machineFromText('free 9\n inactive_file: p{9}! q').k;

  expect(hashState(copyState(m))).toBe(hashState(m));
  expect(hashState(m)).toMatch(/^[0-9a-f]{16}$/);
});

/** Every place of a record that holds a number or a truth value: a path and how to change it. */
function places(value: unknown, path: readonly string[] = []): { path: readonly string[]; change: () => void }[] {
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  const change = (key: string) => () => {
    const old = record[key];
    record[key] = typeof old === 'number' ? (Number.isFinite(old) ? old + 1 : 7) : !old;
  };
  const keys = ArrayBuffer.isView(value) ? ['0', '1'].filter((key) => key in value) : Object.keys(value);
  return keys.flatMap((key) => {
    const item = record[key];
    if (typeof item === 'object') return places(item, [...path, key]);
    return typeof item === 'number' || typeof item === 'boolean' ? [{ path: [...path, key], change: change(key) }] : [];
  });
}

test('I21 any single change of a machine changes its hash', () => {
  const drawn = () => machineFromText('free 9\n memcg tiny 9\n inactive_file: p{9}!& q').k.m;
  const before = hashState(drawn());
  const count = places(drawn()).length;
  const m = drawn();
  const same = places(m).filter(({ change }, at) => {
    const copy = copyState(m);
    places(copy)[at]!.change();
    expect(change).toBeDefined();
    return hashState(copy) === before;
  });

  expect(count).toBeGreaterThan(250);
  expect(same.map(({ path }) => path.join('.'))).toEqual([]);
});

test('I21 property: changing one element of a typed array changes the hash', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 70 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (array, at, by) => {
        const before = hashState(array);
        array[at % array.length]! += by;
        expect(hashState(array)).not.toBe(before);
      },
    ),
  );
});

test('I21 property: swapping two different elements changes the hash', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 2, maxLength: 40 }), fc.nat(), fc.nat(), (array, one, other) => {
      const [left, right] = [one % array.length, other % array.length];
      fc.pre(array[left] !== array[right]);
      const swapped = array.with(left, array[right]!).with(right, array[left]!);
      expect(hashState(swapped)).not.toBe(hashState(array));
    }),
  );
});

test('I21 the same numbers cut into lists at another place have another hash', () => {
  const cuts = [[[1, 2], []], [[1], [2]], [[], [1, 2]], [[1, 2]], [1, 2]];

  expect(new Set(cuts.map((value) => hashState(value))).size).toBe(cuts.length);
});

test('no two of many near states share a hash', () => {
  const seen = new Set<string>();
  for (let at = 0; at < 20_000; at++) seen.add(hashState({ free: at & 255, list: [at >> 8, 3], flag: false }));

  expect(seen.size).toBe(20_000);
});
