import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DISK_STAT } from '../machine/disk-stat.ts';
import type { Elevator } from '../machine/elevator.ts';
import { inLine, type Line } from '../machine/line.ts';
import { VM } from '../machine/vmstat.ts';
import { submitBio } from './make-request.ts';
import { bioOf, createRig, finishOne, IN_ORDER, queued, SORTED } from './test-rig.ts';

/** A rig whose disk is busy with page 0, so that what comes after stays in the queue. */
function busyRig(elevator: Elevator = SORTED) {
  const rig = createRig(elevator);
  submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, false, 0));
  rig.k.call.unplug(rig.k, 0);
  const write = (first: number, pages = 1) => submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, true, first, pages));
  return { ...rig, write };
}

test('R7.1 a bio joins behind a request it touches, at the front only where the elevator looks there or it was the last merged', () => {
  const sorted = busyRig();
  for (const page of [10, 20, 11, 19]) sorted.write(page);
  expect(queued(sorted, true)).toEqual([
    [10, 2],
    [19, 2],
  ]);
  const inOrder = busyRig(IN_ORDER);
  for (const page of [10, 20, 11, 19]) inOrder.write(page);
  expect(queued(inOrder, true)).toEqual([
    [10, 2],
    [19, 1],
    [20, 1],
  ]);
  inOrder.write(12); // back merge: the request becomes the cached one
  inOrder.write(9);
  expect(queued(inOrder, true)).toEqual([
    [9, 4],
    [19, 1],
    [20, 1],
  ]);
  expect(sorted.k.blocks[0]!.stat[DISK_STAT.merges]).toBe(2);
});

test('R7.1 a bio that closes a gap makes one request of two; its pages stay ascending and the creator keeps its name', () => {
  const rig = busyRig();
  for (const page of [12, 10, 11]) rig.write(page);
  expect(queued(rig, true)).toEqual([[10, 3]]);
  const block = rig.k.m.blocks[0]!;
  const { requests, arrival } = block;
  expect([requests.pfns[arrival.head], requests.by[arrival.head]]).toEqual([[10, 11, 12], 0]);
  expect(block.count).toEqual([1, 1]);
});

test('R7.1 I14 at most 1024 sectors; a request that could not take a bio takes none later', () => {
  const rig = busyRig();
  rig.write(100, 127);
  rig.write(227, 2);
  expect(queued(rig, true)).toEqual([
    [100, 127],
    [227, 2],
  ]);
  rig.write(99);
  expect(queued(rig, true)).toEqual([
    [99, 1],
    [100, 127],
    [227, 2],
  ]);
  rig.write(229, 126);
  expect(queued(rig, true)[2]).toEqual([227, 128]);
});

test('R7.1 a read does not join a write', () => {
  const rig = busyRig();
  rig.write(10);
  submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, false, 11));
  expect([queued(rig, true), queued(rig, false)]).toEqual([[[10, 1]], [[11, 1]]]);
});

test('R7.4 what is on the disk takes no more bios', () => {
  const rig = busyRig();
  submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, false, 1));
  expect(queued(rig, false)).toEqual([[1, 1]]);
});

test('R7.7 of two requests that become one the older deadline stays', () => {
  const rig = busyRig();
  const block = rig.k.m.blocks[0]!;
  const { sim } = rig.k.m;
  rig.write(12);
  sim.nowNs = 1e6;
  rig.write(500);
  sim.nowNs = 2e6;
  rig.write(10);
  rig.write(11);
  const { requests, fifo, arrival } = block;
  const pagesOf = (line: Line) => inLine(line).map((id) => requests.sector[id]! / 8);
  expect([pagesOf(fifo[1]), requests.queuedNs[fifo[1].head]]).toEqual([[10, 500], 0]);
  expect(pagesOf(arrival)).toEqual([500, 10]);
});

interface SlowRequest {
  write: boolean;
  pages: number[];
  noMerge: boolean;
}

/** elv_merge(), the limits and attempt_merge() over one list in order of arrival: as slow and obvious as can be. */
class SlowQueue {
  list: SlowRequest[] = [];
  last: SlowRequest | undefined;
  private readonly sorts: boolean;
  constructor(sorts: boolean) {
    this.sorts = sorts;
  }

  submit(write: boolean, pages: number[]): void {
    if (this.list.length === 0 || !this.merge(write, pages)) {
      const request = { write, pages: [...pages], noMerge: false };
      this.list.push(request);
      this.last ??= request;
    }
  }

  private merge(write: boolean, pages: number[]): boolean {
    const open = this.list.filter((one) => one.write === write && !one.noMerge);
    const isBack = (one: SlowRequest) => one.pages.at(-1)! + 1 === pages[0];
    const isFront = (one: SlowRequest) => one.pages[0]! - 1 === pages.at(-1);
    const cached = open.find((one) => one === this.last && (isBack(one) || isFront(one)));
    const found = cached ?? open.find(isBack) ?? (this.sorts ? open.find(isFront) : undefined);
    if (found === undefined) return false;
    if (found.pages.length + pages.length > 128) {
      found.noMerge = true;
      if (this.last === found) this.last = undefined;
      return false;
    }
    const back = isBack(found);
    found.pages = back ? [...found.pages, ...pages] : [...pages, ...found.pages];
    this.last = found;
    const order = this.sorts ? this.list.filter((one) => one.write === write).sort(byPage) : this.list;
    const at = order.indexOf(found);
    if (back) this.join(found, order[at + 1]);
    else this.join(order[at - 1], found);
    return true;
  }

  private join(lower: SlowRequest | undefined, upper: SlowRequest | undefined): void {
    if (!lower || !upper || lower.write !== upper.write || lower.noMerge || upper.noMerge) return;
    if (lower.pages.at(-1)! + 1 !== upper.pages[0] || lower.pages.length + upper.pages.length > 128) return;
    lower.pages = [...lower.pages, ...upper.pages];
    this.list.splice(this.list.indexOf(upper), 1);
    this.last = lower;
  }

  dispatch(): SlowRequest | undefined {
    const reads = this.list.filter((one) => !one.write).sort(byPage);
    const writes = this.list.filter((one) => one.write).sort(byPage);
    const next = this.sorts ? (reads[0] ?? writes[0]) : this.list[0];
    if (next === undefined) return undefined;
    this.list.splice(this.list.indexOf(next), 1);
    if (this.last === next) this.last = undefined;
    return next;
  }
}
const byPage = (left: SlowRequest, right: SlowRequest) => left.pages[0]! - right.pages[0]!;

test('R7.1 R7.6 I14 I20 merging agrees with a slow model for any order of bios', () => {
  const action = fc.record({ start: fc.integer({ min: 0, max: 60 }), size: fc.integer({ min: 0, max: 5 }) });
  const run = fc.array(action, { maxLength: 120 });
  fc.assert(
    fc.property(fc.boolean(), fc.constantFrom(1, 24), run, (sorts, scale, actions) => {
      const rig = busyRig(sorts ? SORTED : IN_ORDER);
      const slow = new SlowQueue(sorts);
      const busy = new Map<number, boolean>([[0, false]]);
      let pagesIn = 0;
      let inFlight = [0];
      for (const { start, size } of actions) {
        if (size === 0) {
          if (inFlight.length > 0) finishOne(rig);
          for (const page of inFlight) busy.delete(page);
          inFlight = slow.dispatch()?.pages ?? [];
        } else {
          const first = 1 + start * scale;
          const pages = Array.from({ length: size * scale }, (_, at) => first + at);
          if (pages.some((page) => busy.has(page))) continue;
          const write = (start + size) % 4 !== 0;
          for (const page of pages) busy.set(page, write);
          if (write) pagesIn += pages.length;
          submitBio(rig.k, rig.tasks[0]!, bioOf(rig.k, write, first, pages.length));
          slow.submit(write, pages);
          if (inFlight.length === 0) {
            rig.k.call.unplug(rig.k, 0);
            inFlight = slow.dispatch()!.pages;
          }
        }
        const block = rig.k.m.blocks[0]!;
        const fast = inLine(block.arrival);
        const { direction, pfns, sector, sectors } = block.requests;
        expect(fast.map((id) => [direction[id] === 1, pfns[id]])).toEqual(
          slow.list.map((one) => [one.write, one.pages]),
        );
        for (const id of fast) expect([sector[id], sectors[id]]).toEqual([pfns[id]![0]! * 8, pfns[id]!.length * 8]);
        expect(block.count[0] + block.count[1]).toBe(fast.length + (inFlight.length > 0 ? 1 : 0));
        const left = [...busy.values()].filter((write) => write).length;
        expect(rig.k.vm[VM.pages_submitted]! - rig.k.vm[VM.pages_completed]!).toBe(left);
        expect(pagesIn).toBe(rig.k.vm[VM.pages_submitted]);
      }
    }),
    { numRuns: 400 },
  );
});
