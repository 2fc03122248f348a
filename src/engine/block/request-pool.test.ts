import { expect, test } from 'vitest';
import { WAIT_CONGESTION, WAIT_REQUEST } from '../machine/waits.ts';
import { copyState } from '../sim/checkpoint.ts';
import { hashState } from '../sim/hash.ts';
import { ASLEEP, BLOCKED, SLEEPING } from '../sim/kthread.ts';
import { submitBio } from './make-request.ts';
import { becomeBatcher } from './request-pool.ts';
import { bioOf, createRig, finishOne, letSleep, queued, type Rig, rigAround, runUntil, SORTED } from './test-rig.ts';

const SYNC = 0;
const ASYNC = 1;

/** One asynchronous write of a page that touches no other. */
function writeApart(rig: Rig, n: number, task = 0): number {
  return submitBio(rig.k, rig.tasks[task]!, bioOf(rig.k, true, n * 2));
}

function fill(rig: Rig, from: number, to: number, task = 0): void {
  for (let n = from; n <= to; n++) expect(writeApart(rig, n, task)).toBe(0);
}

test('G10 R7.5 congested at the 113th, full at the 128th, a batch of 32, the 160th sleeps and is woken at 127', () => {
  const rig = createRig();
  const block = rig.k.m.blocks[0]!;
  const bdi = rig.k.m.bdis[0]!;
  const t = rig.tasks[0]!;
  fill(rig, 1, 112);
  expect([block.count[ASYNC], bdi.congested[ASYNC]]).toEqual([112, false]);
  fill(rig, 113, 113);
  expect([block.count[ASYNC], bdi.congested[ASYNC], block.full[ASYNC]]).toEqual([113, true, false]);
  fill(rig, 114, 127);
  expect([block.full[ASYNC], t.batchLeft]).toEqual([false, 0]);
  fill(rig, 128, 128);
  expect([block.full[ASYNC], t.batchLeft]).toEqual([true, 31]);
  fill(rig, 129, 159);
  expect([block.count[ASYNC], t.batchLeft]).toEqual([159, 0]);

  expect(writeApart(rig, 160)).toBe(BLOCKED);
  letSleep(rig, t);
  expect([t.state, t.waitKind, t.waitId]).toEqual([SLEEPING, WAIT_REQUEST, ASYNC]);
  expect(t.fns.map((fn) => rig.k.sched.table[fn]!.name)).toEqual([
    'submit_bio',
    'generic_make_request',
    '__make_request',
    'get_request_wait',
  ]);
  expect(t.stackHighBytes).toBe(80 + 208 + 96 + 144);

  for (let done = 0; done < 31; done++) finishOne(rig);
  expect([block.count[ASYNC], t.waitKind]).toEqual([128, WAIT_REQUEST]);
  finishOne(rig);
  expect([block.count[ASYNC], block.full[ASYNC], t.waitKind]).toEqual([127, false, -1]);
  runUntil(rig, 1e6);
  expect([block.count[ASYNC], block.full[ASYNC], t.stack.length, t.batchLeft]).toEqual([128, true, 0, 31]);
  fill(rig, 161, 191);
  expect(block.count[ASYNC]).toBe(159);
  expect(writeApart(rig, 192)).toBe(BLOCKED);
});

test('R7.5 once the pool is marked full another task sleeps, while reads have a pool of their own', () => {
  const rig = createRig(SORTED, 2);
  fill(rig, 1, 127);
  fill(rig, 128, 128);
  const block = rig.k.m.blocks[0]!;
  expect(submitBio(rig.k, rig.tasks[1]!, bioOf(rig.k, false, 4001))).toBe(0);
  expect([block.count[SYNC], rig.k.m.bdis[0]!.congested[SYNC]]).toEqual([1, false]);
  expect(writeApart(rig, 129, 1)).toBe(BLOCKED);
});

test('R7.5 a batch ends after 20 ms, but an untouched one is good for one request however late', () => {
  const rig = createRig(SORTED, 2);
  fill(rig, 1, 128);
  rig.k.m.sim.nowNs += 20e6;
  expect(writeApart(rig, 129)).toBe(BLOCKED);
  becomeBatcher(rig.k, rig.tasks[1]!);
  rig.k.m.sim.nowNs += 1e9;
  expect(writeApart(rig, 130, 1)).toBe(0);
  expect(writeApart(rig, 131, 1)).toBe(BLOCKED);
});

test('R7.5 I13 with several batchers the pool ends at 192', () => {
  const rig = createRig(SORTED, 8);
  fill(rig, 1, 128);
  let n = 128;
  for (let task = 1; task < 8; task++) {
    becomeBatcher(rig.k, rig.tasks[task]!);
    while (writeApart(rig, ++n, task) !== BLOCKED);
  }
  expect(rig.k.m.blocks[0]!.count[ASYNC]).toBe(192);
});

test('R3.35 every request freed while the count is below 103 clears congestion and ends all naps of the class', () => {
  const rig = createRig(SORTED, 3);
  const { k } = rig;
  fill(rig, 1, 113);
  const nap = (task: number) => expect(k.sched.sleep(rig.tasks[task]!, WAIT_CONGESTION, ASYNC, 0, 0)).toBe(ASLEEP);
  nap(1);
  nap(2);
  for (let done = 0; done < 10; done++) finishOne(rig);
  expect([k.m.blocks[0]!.count[ASYNC], k.m.bdis[0]!.congested[ASYNC], rig.tasks[1]!.waitKind]).toEqual([
    103,
    true,
    WAIT_CONGESTION,
  ]);
  finishOne(rig);
  expect([k.m.bdis[0]!.congested[ASYNC], rig.tasks[1]!.waitKind, rig.tasks[2]!.waitKind]).toEqual([false, -1, -1]);
});

test('R3.35 two requests that become one free one, and that ends naps too', () => {
  const rig = createRig(SORTED, 2);
  const { k } = rig;
  for (const page of [1000, 10, 12]) submitBio(k, rig.tasks[0]!, bioOf(k, true, page));
  k.sched.sleep(rig.tasks[1]!, WAIT_CONGESTION, ASYNC, 0, 0);
  submitBio(k, rig.tasks[0]!, bioOf(k, true, 11));
  expect([k.m.blocks[0]!.count[ASYNC], rig.tasks[1]!.waitKind]).toEqual([2, -1]);
});

test('R7.2 a task that has slept for a request does not look for a merge again', () => {
  const rig = createRig();
  const { k } = rig;
  const t = rig.tasks[0]!;
  fill(rig, 1, 159);
  expect(submitBio(k, t, bioOf(k, true, 5001))).toBe(BLOCKED);
  letSleep(rig, t);
  for (let done = 0; done < 32; done++) finishOne(rig);
  const other = createRig(SORTED, 1).tasks[0]!;
  expect(submitBio(k, { ...other, batchLeft: 5, batchUntilNs: 1e9 }, bioOf(k, true, 5000))).toBe(0);
  runUntil(rig, 1e6);
  const starts = queued(rig, true).map(([first]) => first);
  expect(starts).toEqual(expect.arrayContaining([5000, 5001]));
});

test('R7.2 the queue is unplugged before its caller sleeps', () => {
  const rig = createRig();
  const block = rig.k.m.blocks[0]!;
  block.count[ASYNC] = 191;
  block.full[ASYNC] = true;
  expect(submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, false, 7))).toBe(0);
  rig.k.m.blocks[0]!.plugged = true;
  expect(writeApart(rig, 1)).toBe(BLOCKED);
  letSleep(rig, rig.tasks[0]!);
  expect(block.plugged).toBe(false);
  expect(rig.served.length).toBe(1);
});

test('R7.5 a machine copied while a task sleeps for a request goes on to the same hash', () => {
  const rig = createRig();
  fill(rig, 1, 159);
  rig.serviceNs = 1e6;
  expect(writeApart(rig, 160)).toBe(BLOCKED);
  letSleep(rig, rig.tasks[0]!);
  const copy = rigAround(copyState(rig.k.m), SORTED);
  copy.serviceNs = 1e6;
  finishOne(rig);
  finishOne(copy);
  runUntil(rig, 2e9);
  runUntil(copy, 2e9);
  expect(rig.k.m.blocks[0]!.count[ASYNC]).toBe(0);
  expect(hashState(copy.k.m)).toBe(hashState(rig.k.m));
});
