import { expect, test } from 'vitest';
import { ASYNC, SYNC, WAIT_CONGESTION } from '../machine/waits.ts';
import { ASLEEP, BLOCKED } from '../sim/kthread.ts';
import { submitBio } from './make-request.ts';
import { bioOf, createRig, finishOne, letSleep, type Rig, runUntil, SORTED } from './test-rig.ts';

const twoDisks = (tasks = 1) => createRig(SORTED, tasks, 8192, { disks: 2 });
/** An asynchronous write of a page that touches no other. */
function writeApart(rig: Rig, disk: number, n: number, task = 0): number {
  return submitBio(rig.k, rig.tasks[task]!, bioOf(rig.k, true, n * 2, 1, false, disk));
}
function fill(rig: Rig, disk: number, from: number, to: number): void {
  for (let n = from; n <= to; n++) expect(writeApart(rig, disk, n)).toBe(0);
}

test('R3.35 with two disks a nap ends at the next async request freed on the disk that is not congested', () => {
  const rig = twoDisks(2);
  const { k } = rig;
  fill(rig, 0, 1, 120);
  fill(rig, 1, 1001, 1001);
  k.call.unplug(k, 0);
  k.call.unplug(k, 1);
  expect(k.m.bdis.map(({ congested }) => congested[ASYNC])).toEqual([true, false]);
  expect(k.sched.sleep(rig.tasks[1]!, WAIT_CONGESTION, ASYNC, 0, 0)).toBe(ASLEEP);
  for (let done = 0; done < 17; done++) finishOne(rig, 0); // 103 are left
  expect([k.m.blocks[0]!.count[ASYNC], rig.tasks[1]!.waitKind]).toEqual([103, WAIT_CONGESTION]);
  finishOne(rig, 1);
  expect(rig.tasks[1]!.waitKind).toBe(-1);
  expect(k.m.bdis[0]!.congested[ASYNC]).toBe(true); // and yet it is over
});

test('R7.5 each disk lends its own requests: a full pool here makes nobody wait there', () => {
  const rig = twoDisks(2);
  const { k } = rig;
  fill(rig, 0, 1, 159);
  expect(writeApart(rig, 0, 160, 1)).toBe(BLOCKED);
  letSleep(rig, rig.tasks[1]!);
  fill(rig, 1, 1001, 1003);
  expect(k.m.blocks.map(({ count }) => count[ASYNC])).toEqual([159, 3]);
  k.call.unplug(k, 1);
  for (let done = 0; done < 3; done++) finishOne(rig, 1);
  expect(rig.tasks[1]!.stack.length).toBeGreaterThan(0); // freed there, still asleep here
  expect(rig.tasks[1]!.waitKind).toBeGreaterThan(0);
  for (let done = 0; done < 32; done++) finishOne(rig, 0);
  runUntil(rig, 1e6);
  expect(rig.tasks[1]!.stack).toEqual([]);
});

test('R7.3 sync_page() pulls the plug of the disk that the page lies on, and no other', () => {
  const rig = twoDisks();
  const { k } = rig;
  fill(rig, 0, 1, 1);
  submitBio(k, rig.tasks[0]!, bioOf(k, false, 500, 1, false, 1));
  expect(k.m.blocks.map(({ plugged }) => plugged)).toEqual([true, true]);
  k.call.unplug(k, 1);
  expect(k.m.blocks.map(({ plugged, inFlight }) => [plugged, inFlight.length])).toEqual([
    [true, 0],
    [false, 1],
  ]);
  expect(k.m.blocks.map(({ count }) => count[SYNC])).toEqual([0, 1]);
});

test('R7.4 R7.18 with a depth of 4 four requests leave at once and can no longer merge', () => {
  const rig = createRig(SORTED, 1, 8192, { channels: 10, ncqDepth: 4 });
  fill(rig, 0, 1, 6);
  const [block] = rig.k.m.blocks;
  expect([block!.inFlight.length, block!.arrival.length]).toEqual([4, 2]);
  submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, true, 3)); // page 2 has left: what lies behind it does not join
  expect(block!.arrival.length).toBe(3);
  const one = createRig(SORTED, 1, 8192, { channels: 1, ncqDepth: 4 });
  fill(one, 0, 1, 6);
  expect(one.k.m.blocks[0]!.inFlight.length).toBe(1);
});

test('R7.18 R7.20 of requests that overlap each ends by itself, and the disk gets the next one', () => {
  const rig = createRig(SORTED, 1, 8192, { channels: 10, ncqDepth: 3 });
  fill(rig, 0, 1, 5);
  const [block] = rig.k.m.blocks;
  const second = block!.inFlight[1]!;
  const pfn = block!.requests.pfns[second]![0]!;
  const [first, , third] = block!.inFlight;
  rig.k.sched.horizonNs = 0;
  block!.inFlight.splice(0, 3, second, first!, third!);
  finishOne(rig);
  expect(rig.k.pages.isUnderWriteback(pfn)).toBe(false);
  expect([block!.inFlight.length, block!.arrival.length, block!.count[ASYNC]]).toEqual([3, 1, 4]);
});

test('R7.3 no plug where nothing turns and the drive overlaps requests; with a depth of 1 there is one', () => {
  const ssd = createRig(SORTED, 1, 8192, { nonrot: true, channels: 10, ncqDepth: 4 });
  fill(ssd, 0, 1, 1);
  expect([ssd.k.m.blocks[0]!.plugged, ssd.served.length]).toEqual([false, 1]);
  const single = createRig(SORTED, 1, 8192, { nonrot: true, channels: 10, ncqDepth: 1 });
  fill(single, 0, 1, 1);
  expect([single.k.m.blocks[0]!.plugged, single.served.length]).toEqual([true, 0]);
});
