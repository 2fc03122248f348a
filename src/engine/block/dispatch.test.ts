import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SUBMIT_BIO_NS } from '../machine/costs.ts';
import { DISK_STAT } from '../machine/disk-stat.ts';
import { VM } from '../machine/vmstat.ts';
import { onDiskEvent } from './disk-events.ts';
import { submitBio } from './make-request.ts';
import { bioOf, createRig, finishOne, IN_ORDER, type Rig, runUntil, SORTED } from './test-rig.ts';

function submit(rig: Rig, write: boolean, first: number, pages = 1, sync = false): void {
  expect(submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, write, first, pages, sync))).toBe(0);
}
const starts = (rig: Rig) => rig.served.map((one) => one.sector / 8);

test('R7.3 an empty queue is plugged: the disk starts after 3 ms', () => {
  const rig = createRig();
  submit(rig, true, 10);
  expect(rig.k.m.blocks[0]!.plugged).toBe(true);
  runUntil(rig, 3e6 - 1);
  expect(starts(rig)).toEqual([]);
  runUntil(rig, 3e6);
  expect(rig.served).toEqual([{ atNs: 3e6, sector: 80, sectors: 8, write: true }]);
});

test('R7.3 the timer of an earlier plug does not pull a later one', () => {
  const rig = createRig();
  rig.serviceNs = 0.5e6;
  submit(rig, true, 10);
  rig.k.call.unplug(rig.k, 0);
  runUntil(rig, 2e6);
  submit(rig, true, 20);
  runUntil(rig, 5e6 - 1);
  expect(starts(rig)).toEqual([10]);
  runUntil(rig, 5e6);
  expect(rig.served[1]!.atNs).toBe(5e6);
});

test('R7.3 four queued requests pull the plug, merged bios do not; so do sync_page() and a bio with BIO_RW_UNPLUG', () => {
  const four = createRig();
  for (const page of [10, 11, 12, 13, 20, 30]) submit(four, true, page);
  expect(starts(four)).toEqual([]);
  submit(four, true, 40);
  expect(starts(four)).toEqual([10]);
  const waiter = createRig();
  submit(waiter, false, 10);
  waiter.k.call.unplug(waiter.k, 0);
  expect(starts(waiter)).toEqual([10]);
  const sync = createRig();
  submit(sync, true, 10);
  submit(sync, true, 11, 1, true);
  expect([starts(sync), sync.k.m.blocks[0]!.count]).toEqual([[10], [0, 1]]);
});

test('R7.3 a page read waits in the plug, so that the reads of a swap cluster can merge', () => {
  const rig = createRig();
  for (let page = 8; page < 16; page++) submit(rig, false, page);
  rig.k.call.unplug(rig.k, 0);
  expect(rig.served).toMatchObject([{ sector: 64, sectors: 64 }]);
});

test('R7.3 a plug set while the disk is busy goes when it has finished', () => {
  const rig = createRig();
  submit(rig, true, 10);
  rig.k.call.unplug(rig.k, 0);
  submit(rig, true, 20);
  expect(rig.k.m.blocks[0]!.plugged).toBe(true);
  finishOne(rig);
  expect([rig.k.m.blocks[0]!.plugged, starts(rig)]).toEqual([false, [10, 20]]);
});

test('R7.20 pages end in ascending order, then the request goes back, then the next is on the disk', () => {
  const rig = createRig();
  const { k } = rig;
  const order: number[] = [];
  submit(rig, false, 12);
  submit(rig, false, 11);
  submit(rig, false, 10);
  submit(rig, true, 40, 2);
  k.call.unplug(k, 0);
  const unlock = k.pages.setUptodate.bind(k.pages);
  k.pages.setUptodate = (pfn) => {
    order.push(pfn);
    expect(k.m.blocks[0]!.count[0]).toBe(1);
    unlock(pfn);
  };
  k.space(0).diskVersion[11] = 7;
  finishOne(rig);
  expect(order).toEqual([10, 11, 12]);
  expect([k.pages.isLocked(11), k.pages.isUptodate(11), k.pages.columns.version[11]]).toEqual([false, true, 7]);
  expect([k.m.blocks[0]!.count, starts(rig)]).toEqual([
    [0, 1],
    [10, 40],
  ]);
  finishOne(rig);
  expect([k.pages.isUnderWriteback(40), k.pages.isUnderWriteback(41), k.m.blocks[0]!.inFlight]).toEqual([
    false,
    false,
    [],
  ]);
});

test('R7.20 counters: requests when they reach the disk, jumps of the head in sectors, CPU of the submitter', () => {
  const rig = createRig(IN_ORDER);
  for (const [page, pages] of [
    [0, 1],
    [1, 2],
    [19, 1],
    [120, 1],
  ] as const) {
    submit(rig, true, page, pages);
    rig.k.call.unplug(rig.k, 0);
    finishOne(rig);
  }
  const { vm } = rig.k;
  const { stat } = rig.k.blocks[0]!;
  // From 8·1 to 8·1: 0; from 24 to 152: 128; from 160 to 960: 800.
  expect([stat[DISK_STAT.seeks_any], stat[DISK_STAT.seeks_over_128], stat[DISK_STAT.seeks_over_800]]).toEqual([
    2, 1, 0,
  ]);
  // btt: the first one reaches 16, so that none is nearer than an edge; 128 and 800 from edge to edge, over four requests.
  expect([rig.k.trace.seeks.seeksOf(0), rig.k.trace.seeks.sectorsOf(0)]).toEqual([2, 928]);
  expect([stat[DISK_STAT.write_requests], vm[VM.write_requests_by_task], vm[VM.written_by_task]]).toEqual([4, 4, 5]);
  expect([stat[DISK_STAT.sectors], stat[DISK_STAT.read_requests]]).toEqual([40, 0]);
  expect(rig.tasks[0]!.cpuDebtNs).toBe(4 * SUBMIT_BIO_NS);
});

test('R7.10 R7.18 I15 I13 one request at a time, or as many as the depth says, whatever is submitted when', () => {
  const step = fc.record({
    page: fc.integer({ min: 0, max: 80 }),
    write: fc.boolean(),
    waitNs: fc.integer({ min: 0, max: 4e6 }),
    serviceNs: fc.integer({ min: 1, max: 9e6 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(1, 4, 10), fc.boolean(), fc.array(step, { maxLength: 80 }), (depth, sorts, run) => {
      const rig = createRig(sorts ? SORTED : IN_ORDER, 1, 8192, { channels: 10, ncqDepth: depth });
      const block = rig.k.m.blocks[0]!;
      const { sim } = rig.k.m;
      const used = new Set<number>();
      const times: number[] = [];
      let now = 0;
      for (const { page, write, waitNs, serviceNs } of run) {
        rig.serviceNs = serviceNs;
        now += waitNs;
        runUntil(rig, now);
        while (times.length < rig.served.length) times.push(serviceNs);
        if (used.has(page)) continue;
        used.add(page);
        submit(rig, write, page);
        expect(block.count[0] + block.count[1]).toBe(block.arrival.length + block.inFlight.length);
        expect(block.inFlight.length).toBeLessThanOrEqual(depth);
      }
      runUntil(rig, now + 1e9);
      expect([block.count, block.arrival.length, block.inFlight]).toEqual([[0, 0], 0, []]);
      expect(rig.served.reduce((sum, one) => sum + one.sectors / 8, 0)).toBe(used.size);
      expect(block.stat[DISK_STAT.busy_ns]!).toBeLessThanOrEqual(sim.nowNs);
      for (let at = 1; at < rig.served.length; at++)
        expect(rig.served[at]!.atNs).toBeGreaterThanOrEqual(rig.served[at - 1]!.atNs + (depth === 1 ? 1 : 0));
    }),
  );
});

test('I15 an event that is not the disk’s is a bug of ours', () => {
  const rig = createRig();
  expect(() => onDiskEvent(rig.k, 99, 0)).toThrow('not the disk');
});
