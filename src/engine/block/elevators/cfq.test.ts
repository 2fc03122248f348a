import { expect, test } from 'vitest';
import { Bench as ElevatorBench } from '../../machine/elevator-test-rig.ts';
import { cfq } from './cfq.ts';

const MS = 1e6;
const SYNC = 0;
const ASYNC = 1;

class Bench extends ElevatorBench {
  constructor(depth = 1, nonrot = false) {
    super(cfq, depth, nonrot);
  }
}

test('R7.8 sync preempts async: what a process waits for goes next, before older writes', () => {
  const bench = new Bench();
  for (const page of [1000, 1100, 1200]) bench.write(page);
  bench.run();
  bench.submit(1, 9000);
  bench.finish(5 * MS);
  expect(bench.served).toEqual([1000, 9000]);
});

test('R7.8 with room in the drive async waits while any sync request is in flight', () => {
  const bench = new Bench(4, true);
  bench.submit(1, 9000);
  bench.run();
  for (const page of [1000, 1100]) bench.write(page);
  bench.run();
  expect(bench.served).toEqual([9000]);
  bench.finish(MS);
  expect(bench.served.slice(1)).toEqual([1000, 1100]);
});

test('R7.8 the disk idles 8 ms for a process that reads in order, and no longer', () => {
  for (const [waitNs, then] of [
    [7.9 * MS, 9002],
    [8.1 * MS, 1000],
  ] as const) {
    const bench = new Bench();
    bench.submit(1, 9000);
    bench.run();
    bench.write(1000);
    bench.finish(MS);
    expect(bench.served).toEqual([9000]); // idle, though a write waits
    bench.pass(waitNs);
    bench.submit(1, 9002);
    expect(bench.served[1]).toBe(then);
  }
});

test('R7.8 a single page that comes while idling waits for others to join it, unless somebody else waits', () => {
  const bench = new Bench();
  bench.submit(1, 9000);
  bench.run();
  bench.finish(MS);
  bench.submit(1, 9002, SYNC, 1);
  expect(bench.served).toEqual([9000]);
  bench.pass(20 * MS);
  expect(bench.served).toEqual([9000, 9002]);
});

test('R7.8 no idling for a process that seeks, nor where nothing turns and the drive overlaps requests', () => {
  const seeky = new Bench();
  for (let n = 0; n < 8; n++) {
    seeky.submit(1, 9000 + (n % 2) * 5000 + n * 7);
    seeky.run();
    seeky.finish(MS);
    seeky.pass(20 * MS);
  }
  seeky.submit(1, 100);
  seeky.run();
  seeky.write(1000);
  seeky.finish(MS);
  expect(seeky.served.at(-1)).toBe(1000);
  const flash = new Bench(10, true);
  flash.submit(1, 9000);
  flash.run();
  flash.write(1000);
  flash.finish(MS);
  expect(flash.served).toEqual([9000, 1000]);
});

test('R7.8 two sequential readers have the disk for 100 ms each in turn', () => {
  const bench = new Bench();
  const next = [9000, 50000];
  for (const task of [0, 1]) bench.submit(task, next[task]!);
  bench.run();
  const owners: number[] = [];
  for (let n = 0; n < 400; n++) {
    const owner = bench.served.at(-1)! >= 50000 ? 1 : 0;
    owners.push(owner);
    next[owner]! += 2;
    bench.finish(2 * MS);
    bench.submit(owner, next[owner]!);
    bench.run();
  }
  const runs = owners
    .join('')
    .match(/0+|1+/g)!
    .map((run) => run.length * 2);
  for (const ms of runs.slice(0, -1)) expect(Math.abs(ms - 102)).toBeLessThanOrEqual(2); // a slice begins with its first end
  expect(runs.length).toBe(8);
});

test('R7.8 an async slice ends after 16 requests when others wait, and goes on when it is alone', () => {
  const bench = new Bench();
  for (let n = 0; n < 250; n++) bench.submit(1, 90000 + n * 10);
  for (let n = 0; n < 60; n++) bench.write(1000 + n * 10);
  bench.run();
  while (bench.block.inFlight.length + bench.block.arrival.length > 0) {
    if (bench.block.inFlight.length > 0) bench.finish(MS);
    else bench.pass(8 * MS); // the reader might go on
  }
  const runs = bench.served
    .map((page) => (page >= 90000 ? 'r' : 'w'))
    .join('')
    .match(/r+|w+/g)!
    .map((run) => `${run[0]}${run.length}`);
  expect(runs).toEqual(['r101', 'w16', 'r101', 'w16', 'r48', 'w28']);
});

test('R7.8 the async depth starts at 1 after a sync request that waited 125 ms, and grows by 1 per 100 ms', () => {
  const bench = new Bench(10, true);
  bench.submit(1, 9000);
  bench.pass(130 * MS);
  bench.run();
  bench.finish(MS);
  for (let n = 0; n < 60; n++) bench.write(1000 + n * 10);
  const depths: number[] = [];
  for (let tenth = 0; tenth < 8; tenth++) {
    bench.run();
    depths.push(bench.block.inFlight.length);
    bench.pass(100 * MS);
  }
  // Alone it has no other bound: 4 and then whatever the ramp gives.
  expect(depths).toEqual([1, 1, 2, 3, 4, 5, 6, 7]);
});

test('R7.8 a sync queue that will idle waits until the async requests in flight are done', () => {
  const bench = new Bench(4);
  for (const page of [1000, 1100, 1200]) bench.write(page);
  bench.run();
  expect(bench.served).toEqual([1000, 1100, 1200]);
  bench.submit(1, 9000);
  bench.finish(MS);
  bench.finish(MS);
  expect(bench.served.length).toBe(3);
  bench.finish(MS);
  expect(bench.served).toEqual([1000, 1100, 1200, 9000]);
});

test('R7.8 FIFO expiry: sync after 125 ms, async after 250 ms, looked at once per slice', () => {
  for (const [cls, expireNs] of [
    [SYNC, 125 * MS],
    [ASYNC, 250 * MS],
  ] as const) {
    for (const isLate of [false, true]) {
      const bench = new Bench();
      bench.block.lastSector = 40000;
      bench.submit(1, 9000, cls); // the oldest, the furthest from the head
      bench.pass(expireNs - (isLate ? 0 : 1));
      for (const page of [5001, 5101]) bench.submit(1, page, cls);
      bench.run();
      bench.finish(MS);
      expect(bench.served).toEqual(isLate ? [9000, 5101] : [5001, 5101]);
    }
  }
});

test('R7.8 the nearest ahead, up to 16 MiB behind at twice the distance, else round to the lowest', () => {
  const first = (head: number, pages: readonly number[]) => {
    const bench = new Bench();
    bench.block.lastSector = head * 8;
    for (const page of pages) bench.submit(1, page);
    bench.run();
    return bench.served[0];
  };
  expect(first(5000, [4900, 5201])).toBe(4900);
  expect(first(5000, [4900, 5200])).toBe(5200);
  expect(first(9000, [9000 - 4096, 50000])).toBe(9000 - 4096);
  expect(first(9000, [9000 - 4097, 50000])).toBe(50000);
  expect(first(9000, [3000, 1000, 2000])).toBe(1000);
});

test('R7.9 a bio joins only a request of its own queue; asynchronous ones share theirs', () => {
  const bench = new Bench();
  const read = bench.submit(1, 100);
  const other = bench.submit(2, 102);
  const third = bench.submit(1, 104);
  const write = bench.write(106);
  const { block } = bench;
  expect([cfq.mayMerge!(block, read, SYNC, 1), cfq.mayMerge!(block, read, SYNC, 2)]).toEqual([true, false]);
  expect([cfq.mayMerge!(block, write, ASYNC, 7), cfq.mayMerge!(block, write, SYNC, 0)]).toEqual([true, false]);
  expect([cfq.latter(block, read), cfq.former(block, third), cfq.latter(block, other)]).toEqual([third, read, -1]);
});
