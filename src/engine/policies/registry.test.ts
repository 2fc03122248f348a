import { expect, test } from 'vitest';
import { policyOf, QUESTIONS } from './registry.ts';

test('P6.1 P6.2 patch 6: may_writepage 0, never turned on, dirty pages set aside; the base answers the opposite', () => {
  const flags = (directWrites: string) => {
    const { mayWritepage, turnsMayWriteOn, setsDirtyAside } = policyOf({
      pageoutUnit: 'page',
      directWrites,
    }).directWrites;
    return { mayWritepage, turnsMayWriteOn, setsDirtyAside };
  };

  expect(flags('never')).toEqual({ mayWritepage: false, turnsMayWriteOn: false, setsDirtyAside: true });
  expect(flags('allowed')).toEqual({ mayWritepage: true, turnsMayWriteOn: true, setsDirtyAside: false });
});

test.each([
  ['page', { first: 20, last: 20 }],
  ['span', { first: 7, last: 40 }],
])('P5.4 the unit "%s" makes %j of cursor 20 and mates 40 and 7', (pageoutUnit, range) => {
  const mates = [
    { pfn: 1, index: 40 },
    { pfn: 2, index: 7 },
  ];

  expect(policyOf({ pageoutUnit, directWrites: 'never' }).pageoutUnit.range(20, mates)).toEqual(range);
});

test('P5.4 a span without mates is the cursor alone', () => {
  expect(policyOf({ pageoutUnit: 'span', directWrites: 'never' }).pageoutUnit.range(20, [])).toEqual({
    first: 20,
    last: 20,
  });
});

test('an answer that no question has is refused', () => {
  expect(() => policyOf({ pageoutUnit: 'nonsense', directWrites: 'never' })).toThrow('nonsense');
});

test('every answer says where it was read, and answers of one question have different names', () => {
  for (const { answers } of Object.values(QUESTIONS)) {
    expect(answers.every(({ source }) => source.length > 10)).toBe(true);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
  }
});
