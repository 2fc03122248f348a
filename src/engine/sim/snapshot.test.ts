import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { machineFromText } from '../machine-from-text.ts';
import { stateBytes } from './checkpoint.ts';
import { hashState } from './hash.ts';
import { fromSnapshot, ownBytes, takeSnapshot } from './snapshot.ts';

const leaf = fc.oneof(
  fc.double(),
  fc.string(),
  fc.constant(undefined),
  fc.int32Array({ maxLength: 3000, size: 'large' }),
  fc.uint8Array(),
  fc.float64Array(),
  fc.uint16Array(),
);
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('plain'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('plain'), { maxKeys: 4 }),
  ),
}));

test('I21 property: what a snapshot gives back is what structuredClone() made, whatever it shared and into whose buffers', () => {
  fc.assert(
    fc.property(plain, plain, plain, (earlier, value, spare) => {
      const snapshot = takeSnapshot(value, takeSnapshot(earlier));
      const as = structuredClone(value);
      expect(fromSnapshot(snapshot, structuredClone(spare))).toEqual(as);
      expect(fromSnapshot(snapshot)).toEqual(as);
    }),
    { numRuns: 60 },
  );
});

test('I21 property: a run of snapshots, each sharing with the one before, keeps every moment', () => {
  const change = fc.tuple(fc.nat({ max: 4999 }), fc.integer());
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 5 }), { minLength: 2, maxLength: 6 }), (moments) => {
      const record = { column: new Int32Array(5000), bytes: new Uint8Array(5003) };
      let last: ReturnType<typeof takeSnapshot> | undefined;
      const kept = moments.map((changes) => {
        for (const [at, to] of changes) {
          record.column[at] = to;
          record.bytes[at] = to;
        }
        last = takeSnapshot(record, last);
        return { snapshot: last, as: structuredClone(record) };
      });
      for (const { snapshot, as } of kept) expect(fromSnapshot(snapshot, structuredClone(record))).toEqual(as);
    }),
    { numRuns: 40 },
  );
});

test('only parts that changed take memory: one word of a million bytes is one part of 4 KiB', () => {
  const record = { column: new Int32Array(250_000), name: 'x' };
  const first = takeSnapshot(record);
  expect(ownBytes(first)).toBe(stateBytes(record));
  record.column[123_456] = 7;
  expect(ownBytes(takeSnapshot(record, first), first)).toBe(4096);
  expect(ownBytes(takeSnapshot(record, takeSnapshot(record)))).toBe(stateBytes(record));
});

test('I21 a machine brought back from the middle of reclaim has the same hash, and what happens to it leaves the snapshot alone', () => {
  const rig = machineFromText('free 4\n inactive_file: p{60}! q{20} r{20}*!');
  rig.start('direct', (k, t) => k.call.tryToFreePages(k, t, 0, 0xd0));
  rig.passNs(0.03e6);
  const { m } = rig.k;
  const hash = hashState(m);
  const snapshot = takeSnapshot(m);
  rig.passNs(1e6);
  expect(hashState(m)).not.toBe(hash);
  const again = fromSnapshot<typeof m>(snapshot);
  expect(hashState(again)).toBe(hash);
  again.pages.flags.fill(0);
  again.sim.threads.length = 0;
  expect(hashState(fromSnapshot(snapshot, m))).toBe(hash);
});
