import { expect, test } from 'vitest';
import { ACTOR } from '../../abi/actor.ts';
import { setBit } from '../machine/page-bits.ts';
import { directMayWritepage, writesOf } from '../machine/policy/writes.ts';
import type { Answers } from '../machine/policy.ts';
import { createSpace, SPACE_FILE, type Space } from '../machine/space.ts';
import { policyOf, QUESTIONS } from './registry.ts';

/** The first answer of every row is that of the base kernel. */
const BASE_ANSWERS = Object.fromEntries(
  Object.entries(QUESTIONS).map(([name, { answers }]) => [name, answers[0].id]),
) as unknown as Answers;
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
/** A file of 64 pages, some of them dirty. */
function space(dirty: readonly number[] = []): Space {
  const file = createSpace(0, { kind: SPACE_FILE, name: 'A', sizePages: 64, extents: [], hasContent: false }, 0, 8);
  for (const index of dirty) setBit(file.dirtyTag, index);
  return file;
}
const WRITES = QUESTIONS.directFile.answers;

test('P6.1 may_writepage starts as 0 and is never turned on where direct reclaim writes neither file nor anon', () => {
  const mayWritepage = (directFile: string, directAnon: string) =>
    directMayWritepage(policyOf({ ...BASE_ANSWERS, directFile, directAnon }));

  expect(mayWritepage('no', 'no')).toBe(false);
  expect(mayWritepage('no', 'yes')).toBe(true);
  expect(mayWritepage('yes', 'yes')).toBe(true);
});

test('P6.5 what cleans a group overrules what its reclaim may write: itself, anything; the flusher, no file; others leave it', () => {
  const mayWrite = (memcgCleaner: string, asked: string) => {
    const policy = policyOf({ ...BASE_ANSWERS, memcgCleaner, memcgFile: asked, memcgAnon: asked });
    return [false, true].map((anon) => writesOf(policy, ACTOR.MEMCG, anon).ever);
  };

  expect(mayWrite('itself', 'no')).toEqual([true, true]);
  expect(mayWrite('flusher', 'yes')).toEqual([false, true]);
  expect(mayWrite('flusher', 'no')).toEqual([false, false]);
  for (const id of ['none', 'dirty-ratio', 'kswapd', 'io-cgroup', 'cgroup-writeback'])
    expect([mayWrite(id, 'yes'), mayWrite(id, 'no')]).toEqual([
      [true, true],
      [false, false],
    ]);
  // kswapd and direct reclaim are none of its business.
  const policy = policyOf({ ...BASE_ANSWERS, memcgCleaner: 'flusher' });
  expect([ACTOR.KSWAPD, ACTOR.DIRECT].map((actor) => writesOf(policy, actor, false).ever)).toEqual([true, true]);
});

test.each([
  ['yes', [true, true, true, true]],
  ['no', [false, false, false, false]],
  ['below-priority', [false, true, false, true]],
  ['seen-twice', [false, false, true, true]],
] as const)('"%s" writes at priority 10 and 9, then there a page seen before: %j', (id, expected) => {
  const answer = WRITES.find((one) => one.id === id)!;
  const cases = [false, true].flatMap((seen) => [10, 9].map((priority) => answer.now(priority, seen, 10, false)));

  expect(cases).toEqual(expected);
});

test.each([
  ['page', { first: 20, last: 20 }],
  ['batch', { first: 20, last: 20 }],
  ['span', { first: 7, last: 40 }],
])('P5.4 the unit "%s" makes %j of cursor 20 and mates 40 and 7', (pageoutUnit, range) => {
  const mates = [
    { pfn: 1, index: 40 },
    { pfn: 2, index: 7 },
  ];

  expect(policyOf({ ...BASE_ANSWERS, pageoutUnit }).pageoutUnit.range(space(), 20, mates, 32)).toEqual(range);
});

test('P5.4 a span without mates is the cursor alone', () => {
  expect(policyOf({ ...BASE_ANSWERS, pageoutUnit: 'span' }).pageoutUnit.range(space(), 20, [], 32)).toEqual({
    first: 20,
    last: 20,
  });
});

test.each([
  ['a gap on both sides', [18, 19, 20, 21, 23], 32, [18, 21]],
  ['the window ends it: half of it below', range(0, 63), 8, [16, 23]],
  ['what is not used below is used above', range(19, 63), 8, [19, 26]],
  ['alone', [18, 20, 22], 32, [20, 20]],
  ['the ends of the file', range(0, 63), 1024, [0, 63]],
  ['a window of one page', range(0, 63), 1, [20, 20]],
] as const)('the neighbourhood of page 20: %s', (_what, dirty, maxPages, [first, last]) => {
  const { pageoutUnit } = policyOf({ ...BASE_ANSWERS, pageoutUnit: 'neighbourhood' });

  expect(pageoutUnit.range(space(dirty), 20, [], maxPages)).toEqual({ first, last });
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
