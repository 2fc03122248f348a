import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineFromText } from '../machine-from-text.ts';
import { copyState, stateBytes } from './checkpoint.ts';
import { hashState } from './hash.ts';

const leaf = fc.oneof(
  fc.double(),
  fc.string(),
  fc.boolean(),
  fc.constant(undefined),
  fc.int32Array(),
  fc.uint8Array(),
  fc.float64Array(),
  fc.uint16Array(),
);
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('plain'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('plain'), { maxKeys: 4 }),
  ),
}));

test('I21 property: copyState() is what structuredClone() is', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(copyState(value)).toEqual(structuredClone(value));
    }),
  );
});

test('I21 property: a copy into the buffers of another state is the same copy', () => {
  fc.assert(
    fc.property(plain, plain, (value, spare) => {
      expect(copyState(value, spare)).toEqual(structuredClone(value));
    }),
  );
});

test('property: nothing is shared with the copy', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const copy = copyState(value);
      const shared = (one: unknown, other: unknown): boolean => {
        if (typeof one !== 'object' || one === null) return false;
        if (one === other) return true;
        if (ArrayBuffer.isView(one)) return false;
        return Object.entries(one).some(([key, item]) => shared(item, (other as Record<string, unknown>)[key]));
      };
      expect(shared(value, copy)).toBe(false);
    }),
  );
});

test('spare buffers of the same kind and size are used, others are not', () => {
  const spare = { same: new Int32Array(3), longer: new Int32Array(4), other: new Uint8Array(3) };
  const value = { same: Int32Array.of(1, 2, 3), longer: Int32Array.of(4), other: Int32Array.of(5, 6, 7) };
  const copy = copyState(value, spare);

  expect(copy.same).toBe(spare.same);
  expect(copy).toEqual(value);
});

test('I21 a machine copied in the middle of reclaim goes on to the same hash as the original', () => {
  const rig = machineFromText('free 4\n inactive_file: p{60}! q{20} r{20}*!');
  rig.start('direct', (k, t) => k.call.tryToFreePages(k, t, 0, 0xd0));
  rig.passNs(0.03e6);
  const { m } = rig.k;
  const before = copyState(m);

  expect(hashState(before)).toBe(hashState(m));
  rig.passNs(1e6);
  expect(hashState(m)).not.toBe(hashState(before));
  const after = hashState(m);

  Object.assign(m.sim.queue, copyState(before.sim.queue));
  const { queue: _queue, threads, ...clock } = copyState(before.sim);
  Object.assign(m.sim, clock);
  m.sim.threads.splice(0, Infinity, ...threads);
  const { sim: _sim, config: _config, ...rest } = copyState(before);
  put(m as unknown as Tree, rest as unknown as Tree);
  expect(hashState(m)).toBe(hashState(before));

  rig.passNs(1e6);
  expect(hashState(m)).toBe(after);
});

type Tree = Record<string, unknown>;
/** Brings a state into the objects that accessors look at. */
function put(into: Tree, from: Tree): void {
  for (const [key, value] of Object.entries(from)) {
    const there = into[key];
    if (ArrayBuffer.isView(value) && ArrayBuffer.isView(there)) (there as Uint8Array).set(value as Uint8Array);
    else if (Array.isArray(value) && Array.isArray(there)) there.splice(0, Infinity, ...value);
    else if (typeof value === 'object' && value !== null) put(there as Tree, value as Tree);
    else into[key] = value;
  }
}

test('stateBytes() counts typed arrays, however deep', () => {
  expect(stateBytes({ a: new Int32Array(4), b: [{ c: new Uint8Array(3) }, 'text', 7], d: undefined })).toBe(19);
});
