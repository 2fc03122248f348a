import { expect, test } from 'vitest';
import { createBlockState } from '../machine/block-state.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Bio } from '../machine/sockets.ts';
import { ASYNC } from '../machine/waits.ts';
import { chargeGroup, groupOf, holdBio, isGroupFull, nextGroup } from './io-groups.ts';

/** A gate for the root and two groups; page 10·g belongs to group g. */
function gate(weight: number) {
  const block = createBlockState(0, 8, 3);
  const memcg = Array.from({ length: 100 }, (_, pfn) => Math.floor(pfn / 10));
  const k = {
    policy: { memcgCleaner: { groupsRequests: true } },
    pages: { columns: { memcg } },
    sysctl: { memcgIoWeight: weight },
  } as unknown as Kernel;
  const bioOf = (group: number, pages = 1): Bio => ({
    disk: 0,
    write: true,
    sync: false,
    sector: 0,
    pfns: Array.from({ length: pages }, () => group * 10),
  });
  const hold = (group: number, pages = 1) => {
    const bio = bioOf(group, pages);
    holdBio(block, groupOf(k, block, bio)!, bio, 4, 1);
  };
  /** Lets `count` bios through; answers the pages per group. */
  const through = (count: number) => {
    const pages = [0, 0, 0];
    for (let left = count; left > 0; left--) {
      const group = nextGroup(block)!;
      const { bio } = group.waiting.shift()!;
      chargeGroup(k, group, bio);
      pages[group.memcg]! += bio.pfns.length;
    }
    return pages;
  };
  return { k, block, bioOf, hold, through };
}

test('groups that always have something to write share the disk by their weights', () => {
  for (const weight of [100, 500, 1000]) {
    const { hold, through } = gate(weight);
    for (let at = 0; at < 120; at++) for (const group of [1, 2]) hold(group);
    const [, first, second] = through(110);

    expect(first! / second!).toBeGreaterThan((0.9 * weight) / 500);
    expect(first! / second!).toBeLessThan((1.1 * weight) / 500);
  }
});

test('what counts is pages: a group of large bios gets fewer of them', () => {
  const { hold, through } = gate(500);
  for (let at = 0; at < 100; at++) hold(1, 4);
  for (let at = 0; at < 100; at++) hold(2, 1);
  const [, large, small] = through(50);

  expect(Math.abs(large! - small!)).toBeLessThanOrEqual(4);
});

test('an idle group saves nothing up: when it comes back it starts level with the others', () => {
  const { hold, through } = gate(500);
  for (let at = 0; at < 100; at++) hold(2);
  through(50);
  for (let at = 0; at < 50; at++) hold(1);

  expect(through(20)).toEqual([0, 10, 10]);
});

test('each group has bios of its own to wait with; a full one is no concern of the others', () => {
  const { block, hold } = gate(500);
  for (let at = 0; at < 128; at++) hold(1);

  expect(block.ioGroups.map(isGroupFull)).toEqual([false, true, false]);
});

test('nothing goes on while 32 asynchronous requests are in the queue', () => {
  const { block, hold } = gate(500);
  hold(1);
  block.count[ASYNC] = 32;
  expect(nextGroup(block)).toBeUndefined();
  block.count[ASYNC] = 31;
  expect(nextGroup(block)?.memcg).toBe(1);
});

test('reads, synchronous writes, and kernels that do not track buffered writes go past the gate', () => {
  const { k, block, bioOf } = gate(500);
  expect(groupOf(k, block, { ...bioOf(1), write: false })).toBeUndefined();
  expect(groupOf(k, block, { ...bioOf(1), sync: true })).toBeUndefined();
  Object.assign(k.policy.memcgCleaner, { groupsRequests: false });
  expect(groupOf(k, block, bioOf(1))).toBeUndefined();
});
