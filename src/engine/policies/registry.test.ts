import { expect, test } from 'vitest';
import { directMayWritepage } from '../machine/policy/writes.ts';
import type { Answers } from '../machine/policy.ts';
import { policyOf, QUESTIONS } from './registry.ts';

/** The first answer of every row is that of the base kernel. */
const BASE_ANSWERS = Object.fromEntries(
  Object.entries(QUESTIONS).map(([name, { answers }]) => [name, answers[0].id]),
) as unknown as Answers;
const WRITES = QUESTIONS.directFile.answers;

test('P6.1 may_writepage starts as 0 and is never turned on where direct reclaim writes neither file nor anon', () => {
  const mayWritepage = (directFile: string, directAnon: string) =>
    directMayWritepage(policyOf({ ...BASE_ANSWERS, directFile, directAnon }));

  expect(mayWritepage('no', 'no')).toBe(false);
  expect(mayWritepage('no', 'yes')).toBe(true);
  expect(mayWritepage('yes', 'yes')).toBe(true);
});

test.each([
  ['yes', [true, true, true, true]],
  ['no', [false, false, false, false]],
  ['below-priority', [false, true, false, true]],
  ['seen-twice', [false, false, true, true]],
] as const)('"%s" writes at priority 10 and 9, then there a page seen before: %j', (id, expected) => {
  const answer = WRITES.find((one) => one.id === id)!;
  const cases = [false, true].flatMap((seen) => [10, 9].map((priority) => answer.now(priority, seen, 10)));

  expect(cases).toEqual(expected);
});

test.each([
  ['page', { first: 20, last: 20 }],
  ['span', { first: 7, last: 40 }],
])('P5.4 the unit "%s" makes %j of cursor 20 and mates 40 and 7', (pageoutUnit, range) => {
  const mates = [
    { pfn: 1, index: 40 },
    { pfn: 2, index: 7 },
  ];

  expect(policyOf({ ...BASE_ANSWERS, pageoutUnit }).pageoutUnit.range(20, mates)).toEqual(range);
});

test('P5.4 a span without mates is the cursor alone', () => {
  expect(policyOf({ ...BASE_ANSWERS, pageoutUnit: 'span' }).pageoutUnit.range(20, [])).toEqual({ first: 20, last: 20 });
});

test('an answer that no question has is refused', () => {
  expect(() => policyOf({ ...BASE_ANSWERS, pageoutUnit: 'nonsense' })).toThrow('nonsense');
});

test('every answer says where it was read, and answers of one question have different names', () => {
  for (const { answers } of Object.values(QUESTIONS)) {
    expect(answers.every(({ source }) => source.length > 10)).toBe(true);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
  }
});
