import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BlockState, createBlockState } from '../../machine/block-state.ts';
import { sortedFrom } from '../../machine/elevator.ts';
import { joinLine, jumpLine, leaveLine } from '../../machine/line.ts';
import { insertSorted, removeSorted } from '../../machine/requests.ts';
import { deadline } from './deadline.ts';

interface Asked {
  readonly id: number;
  readonly write: boolean;
  readonly sector: number;
  readonly atNs: number;
}

function add(block: BlockState, { id, write, sector, atNs }: Asked): void {
  const { requests, sorted, fifo, arrival } = block;
  const direction = write ? 1 : 0;
  requests.direction[id] = direction;
  requests.sector[id] = sector;
  requests.queuedNs[id] = atNs;
  insertSorted(sorted[direction], sortedFrom(block, direction, sector), id);
  joinLine(fifo[direction], id);
  joinLine(arrival, id);
}

function take(block: BlockState, nowNs: number): number {
  const id = deadline.choose(block, nowNs, { nonrot: false, depth: 1 });
  if (id < 0) return id;
  const { requests, sorted, fifo, arrival } = block;
  const direction = requests.direction[id] as 0 | 1;
  removeSorted(sorted[direction], sorted[direction].ids.indexOf(id));
  leaveLine(fifo[direction], id);
  leaveLine(arrival, id);
  return id;
}

/** Takes everything, always at the same time; answers the sectors. */
function sweep(block: BlockState, nowNs = 0): number[] {
  const sectors: number[] = [];
  for (let id = take(block, nowNs); id >= 0; id = take(block, nowNs)) sectors.push(block.requests.sector[id]!);
  return sectors;
}

function blockOf(...asked: readonly (readonly [write: boolean, sector: number, atNs?: number])[]): BlockState {
  const block = createBlockState();
  asked.forEach(([write, sector, atNs = 0], id) => {
    add(block, { id, write, sector, atNs });
  });
  return block;
}

test('R7.7 upwards from the oldest request; then from the oldest that is left, not from the lowest', () => {
  const block = blockOf([true, 500], [true, 300], [true, 700], [true, 100], [true, 600]);
  expect(sweep(block)).toEqual([500, 600, 700, 300, 100]);
});

test('R7.7 reads first, but after two batches of reads a batch of writes', () => {
  const reads = Array.from({ length: 50 }, (_, at) => [false, 1000 + at * 8] as const);
  const writes = Array.from({ length: 20 }, (_, at) => [true, 9000 + at * 8] as const);
  const kinds = sweep(blockOf(...reads, ...writes)).map((sector) => (sector >= 9000 ? 'w' : 'r'));
  const runs = kinds
    .join('')
    .match(/r+|w+/g)!
    .map((run) => `${run[0]}${run.length}`);
  // 2 × 16 reads, 16 writes; then 2 × 16 again would be reads, of which 18 are left; then the last 4 writes.
  expect(runs).toEqual(['r32', 'w16', 'r18', 'w4']);
});

test('R7.7 an expired request is looked for only between batches of 16', () => {
  const near = Array.from({ length: 20 }, (_, at) => [true, 1000 + at * 8, 0] as const);
  const block = blockOf([true, 1000 - 8], ...near);
  const far: Asked = { id: 40, write: true, sector: 8, atNs: -6e9 };
  expect(take(block, 0)).toBe(0);
  add(block, far);
  leaveLine(block.fifo[1], far.id);
  jumpLine(block.fifo[1], far.id, block.fifo[1].head);
  const sectors = sweep(block);
  expect(sectors.indexOf(8)).toBe(15);
});

test('R7.7 reads expire after 500 ms and writes after 5 s', () => {
  for (const [write, expireNs] of [
    [false, 500e6],
    [true, 5e9],
  ] as const) {
    for (const [ageNs, isFirst] of [
      [expireNs, false],
      [expireNs + 1, true],
    ] as const) {
      const block = blockOf([write, 8], [write, 800], [write, 900]);
      block.batching = 16;
      block.nextRequest[write ? 1 : 0] = 1;
      expect(sweep(block, ageNs)[0]).toBe(isFirst ? 8 : 800);
    }
  }
});

test('R7.7 R7.1 the neighbours for merging are the next by sector, and a bio may join at the front', () => {
  const block = blockOf([true, 500], [true, 300], [false, 400]);
  expect([deadline.former(block, 0), deadline.latter(block, 1), deadline.latter(block, 0)]).toEqual([1, 0, -1]);
  expect(deadline.frontMerges).toBe(true);
});

/** deadline_dispatch_requests() read aloud over plain arrays: a list in order of age, sorted anew each time. */
class SlowDeadline {
  private queue: Asked[] = [];
  private next: (Asked | undefined)[] = [undefined, undefined];
  private batching = 0;
  private starved = 0;

  add(asked: Asked): void {
    this.queue.push(asked);
  }

  take(nowNs: number): number {
    const of = (direction: number) => this.queue.filter((one) => Number(one.write) === direction);
    const [reads, writes] = [of(0), of(1)];
    let chosen = this.next[1] ?? this.next[0];
    if (chosen === undefined || this.batching >= 16) {
      let direction: number;
      if (reads!.length > 0 && writes!.length > 0) direction = this.starved++ >= 2 ? 1 : 0;
      else if (reads!.length > 0) direction = 0;
      else if (writes!.length > 0) direction = 1;
      else return -1;
      if (direction === 1) this.starved = 0;
      const oldest = of(direction)[0]!;
      const isExpired = nowNs > oldest.atNs + (direction === 0 ? 500e6 : 5000e6);
      chosen = isExpired ? oldest : (this.next[direction] ?? oldest);
      this.batching = 0;
    }
    this.batching++;
    const { id, write, sector } = chosen;
    const above = of(Number(write)).filter((one) => one.sector > sector);
    above.sort((left, right) => left.sector - right.sector);
    this.next = [undefined, undefined];
    this.next[Number(write)] = above[0];
    this.queue = this.queue.filter((one) => one.id !== id);
    return id;
  }
}

test('R7.7 the order of dispatch agrees with a slow model', () => {
  const step = fc.record({
    add: fc.integer({ min: 0, max: 6 }),
    take: fc.integer({ min: 0, max: 5 }),
    write: fc.boolean(),
    waitMs: fc.constantFrom(0, 1, 100, 400, 2000),
    sector: fc.integer({ min: 0, max: 5000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (run) => {
      const block = createBlockState();
      const slow = new SlowDeadline();
      const used = new Set<number>();
      let nowNs = 0;
      let id = 0;
      for (const { add: count, take: takes, write, waitMs, sector } of run) {
        nowNs += waitMs * 1e6;
        for (let at = 0; at < count; at++) {
          const spot = ((sector + at * 1237) % 5000) * 8;
          if (used.has(spot)) continue;
          used.add(spot);
          const asked = { id: id++, write: at % 2 === 0 ? write : !write, sector: spot, atNs: nowNs };
          add(block, asked);
          slow.add(asked);
        }
        for (let at = 0; at < takes; at++) expect(take(block, nowNs)).toBe(slow.take(nowNs));
      }
      for (let at = 0; at < id; at++) expect(take(block, nowNs)).toBe(slow.take(nowNs));
    }),
    { numRuns: 500 },
  );
});
