import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocateBlocks, type Blocks, contiguousBlocks, createBlocks, releaseBlocks } from './blocks.ts';

const placed = ({ of }: Blocks, first: number, pages: number) => Array.from(of.slice(first, first + pages));

test('a run goes to its goal, or behind what is taken there', () => {
  const blocks = createBlocks(64, 64, false);
  allocateBlocks(blocks, 10, 4, 20);
  allocateBlocks(blocks, 30, 3, 21);

  expect(placed(blocks, 10, 4)).toEqual([20, 21, 22, 23]);
  expect(placed(blocks, 30, 3)).toEqual([24, 25, 26]);
  expect([contiguousBlocks(blocks, 10, 9), contiguousBlocks(blocks, 11, 2), blocks.cursor]).toEqual([4, 2, 27]);
});

test('a run that fits nowhere is cut into smaller ones', () => {
  const blocks = createBlocks(8, 8, false);
  allocateBlocks(blocks, 0, 1, 2);
  allocateBlocks(blocks, 1, 1, 5);
  allocateBlocks(blocks, 2, 6, 0);

  expect(placed(blocks, 2, 6).sort()).toEqual([0, 1, 3, 4, 6, 7]);
});

test('no block is ever two pages, and what is given back can be taken again', () => {
  const step = fc.record({ first: fc.nat(99), pages: fc.integer({ min: 1, max: 20 }), goal: fc.nat(120) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const blocks = createBlocks(100, 120, false);
      for (const { first, pages, goal } of steps) {
        const count = Math.min(pages, 100 - first);
        releaseBlocks(blocks, first, count);
        allocateBlocks(blocks, first, count, goal);
      }
      const taken = Array.from(blocks.of).filter((block) => block >= 0);
      expect(new Set(taken).size).toBe(taken.length);
      expect(blocks.used.count).toBe(taken.length);
      expect(taken.every((block) => block < 120)).toBe(true);
    }),
  );
});

test('a file with content lies from front to back; one whose place is fixed has no blocks', () => {
  expect(placed(createBlocks(4, 8, true), 0, 4)).toEqual([0, 1, 2, 3]);
  expect(createBlocks(4, 0, true).of.length).toBe(0);
});
