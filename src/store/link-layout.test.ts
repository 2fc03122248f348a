import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEEK_DEFINITIONS } from './layout.ts';
import { type LinkedLayout, layoutFromWords, layoutToWords } from './link-layout.ts';

const PLAIN = layoutFromWords({});
const name = fc.stringMatching(/^[a-z][a-z-]{0,9}$/);
const count = fc.nat();
const thing = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), space: count, index: count }),
  fc.record({
    kind: fc.constant('request' as const),
    machine: fc.constantFrom('A' as const, 'B' as const),
    disk: fc.nat(3),
    startNs: count,
    sector: count,
    sectors: count,
  }),
  fc.record({ kind: fc.constant('task' as const), id: count }),
  fc.record({ kind: fc.constant('memcg' as const), name }),
);
const layout: fc.Arbitrary<LinkedLayout> = fc.record({
  panels: fc.dictionary(name, fc.constantFrom('open', 'closed'), { noNullPrototype: true }),
  enlarged: fc.option(name, { nil: undefined }),
  dock: fc.option(name, { nil: undefined }),
  order: fc.constantFrom('list', 'file', 'pfn'),
  seeks: fc.constantFrom(...SEEK_DEFINITIONS),
  sheet: fc.constantFrom('lanes', 'numbers', 'knobs', 'dock'),
  zoom: fc.option(
    fc.tuple(count, fc.integer({ min: 1, max: 1e9 })).map(([fromNs, by]) => ({ fromNs, toNs: fromNs + by })),
    { nil: undefined },
  ),
  markers: fc.record({ a: count, b: count }, { requiredKeys: [] }),
  pinned: fc.option(thing, { nil: undefined }),
  mode: fc.constantFrom('desk', 'presenter'),
});

test('any layout survives its words; a plain one has none', () => {
  expect(layoutToWords(PLAIN)).toEqual({});
  fc.assert(
    fc.property(layout, (one) => {
      expect(layoutFromWords(layoutToWords(one))).toEqual(one);
    }),
  );
});

test('the words are few and readable', () => {
  const words = layoutToWords({
    ...PLAIN,
    panels: { lens: 'closed', memcg: 'open' },
    order: 'file',
    zoom: { fromNs: 1, toNs: 2 },
    markers: { b: 7 },
    pinned: { kind: 'page', space: 3, index: 4117 },
  });
  expect(words).toEqual({ views: '+memcg -lens', order: 'file', from: 1, to: 2, b: 7, pinned: 'page:3:4117' });
});

test('words of another program are passed over', () => {
  const strange = {
    views: '+ok lens -<b>',
    lens: 'file',
    split: 0.4,
    order: 'age',
    from: 5,
    to: 5,
    a: 'x',
    dock: 'a b',
  };
  expect(layoutFromWords(strange)).toEqual({ ...PLAIN, panels: { ok: 'open' } });
  for (const pinned of ['page:1', 'task:', 'request:C:0:1', 'memcg:<b>', 'file:3', '::']) {
    expect(layoutFromWords({ pinned }).pinned, pinned).toBeUndefined();
  }
  const word = fc.oneof(fc.string(), fc.double());
  fc.assert(fc.property(fc.dictionary(fc.string(), word), (words) => void layoutFromWords(words)));
});
