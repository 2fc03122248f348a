import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTrace } from '../formats/trace/read.ts';
import { bytesOf, RUNS } from './recorded.test-double.ts';
import { tracedTables } from './summary/tables.ts';

const SPLINTERS = ['9223372036854775808', '-1', '0x', '\n', '=', ' + ', '<...>-', 'NaN', '1e999', ' [000] ', '\u00e9'];
const TEXTS = RUNS.filter(({ trace }) => trace.endsWith('.gz')).map(({ trace }) => bytesOf(trace));
const CUT = fc.record({
  at: fc.nat(6000),
  without: fc.nat(60),
  instead: fc.constantFrom(...SPLINTERS),
});

test('whatever can be read of a damaged trace has its tables', () => {
  const damaged = fc.record({
    text: fc.constantFrom(...TEXTS),
    from: fc.nat(100_000),
    cuts: fc.array(CUT, { maxLength: 12 }),
  });
  fc.assert(
    fc.property(damaged, ({ text, from, cuts }) => {
      let part = new TextDecoder().decode(text.subarray(from, from + 6000));
      for (const { at, without, instead } of cuts) part = part.slice(0, at) + instead + part.slice(at + without);
      const read = readTrace({ name: 'damaged.txt', bytes: new TextEncoder().encode(part) });
      if (!read.ok) return;
      const { events, sums } = tracedTables(read.value);
      expect(events.reduce((total, { value }) => total + Number(value), 0)).toBe(read.value.table.count);
      for (const { label, value } of sums)
        expect([label, value]).toEqual([label, expect.stringMatching(/^$|^-?\d+(\.\d+ s)?$/)]);
    }),
    { numRuns: 200, seed: 1 },
  );
});
