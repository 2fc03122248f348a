import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bench } from '../../machine/elevator-test-rig.ts';
import { inLine } from '../../machine/line.ts';
import { cfq } from './cfq.ts';

const MS = 1e6;
const SYNC = 0;
const ASYNC = 1;

/** R7.8 read aloud: a list per queue, kept sorted by hand; nothing is derived from anybody else's lists. */
class SlowCfq {
  private readonly lists = new Map<number, { id: number; sector: number; atNs: number }[]>();
  private readonly notes = new Map<number, { turn: number; resid: number; far: boolean[]; end: number }>();
  private flying: { id: number; queue: number; atNs: number }[] = [];
  private active = -1;
  private end = 0;
  private count = 0;
  private checked = false;
  private must = false;
  private delayed = -1e9;
  private head = 0;
  idle = 0;
  readonly depth: number;
  readonly nonrot: boolean;

  constructor(depth: number, nonrot: boolean) {
    this.depth = depth;
    this.nonrot = nonrot;
  }

  private note(queue: number) {
    if (!this.notes.has(queue)) this.notes.set(queue, { turn: 0, resid: 0, far: [], end: 0 });
    return this.notes.get(queue)!;
  }
  private list(queue: number) {
    if (!this.lists.has(queue)) this.lists.set(queue, []);
    return this.lists.get(queue)!;
  }
  private waiting(): number[] {
    return [...this.lists].filter(([, list]) => list.length > 0).map(([queue]) => queue);
  }
  private used(now: number): boolean {
    return this.end > 0 && now >= this.end;
  }
  private idles(queue: number): boolean {
    if (queue === 0 || (this.nonrot && this.depth > 1)) return false;
    return this.note(queue).far.slice(-32).filter(Boolean).length <= 4;
  }
  private rejoin(queue: number, now: number): void {
    const note = this.note(queue);
    note.turn = now + (this.waiting().length - 1) * (queue === 0 ? 140e6 : 80e6) - note.resid;
    note.resid = 0;
  }
  private stop(now: number, keep: boolean): void {
    if (this.active < 0) return;
    if (keep && this.end > 0) this.note(this.active).resid = this.end - now;
    if (this.list(this.active).length > 0) this.rejoin(this.active, now);
    this.active = -1;
    this.idle = 0;
    this.must = false;
  }

  add(id: number, queue: number, sector: number, sectors: number, now: number): boolean {
    const note = this.note(queue);
    note.far.push(this.nonrot ? sectors < 64 : note.end > 0 && Math.abs(sector - note.end) > 800);
    note.end = sector + sectors;
    const list = this.list(queue);
    list.push({ id, sector, atNs: now });
    if (queue === this.active) {
      if (this.idle === 0) return false;
      const others = this.waiting().some((other) => other !== queue);
      if (sectors <= 8 && !others) {
        this.must = true;
        return false;
      }
      this.idle = 0;
      return true;
    }
    if (list.length === 1) this.rejoin(queue, now);
    if (this.active < 0 || !((queue > 0 && this.active === 0) || this.used(now))) return false;
    this.stop(now, true);
    note.turn = Math.min(...this.waiting().map((other) => this.note(other).turn)) - 1;
    return true;
  }

  private select(now: number): number {
    if (this.active >= 0) {
      const over = this.used(now) && !this.must;
      if (!over && this.list(this.active).length > 0) return this.active;
      const flies = this.flying.some(({ queue }) => queue === this.active);
      if (!over && (this.idle > 0 || (flies && this.idles(this.active)))) return -1;
      this.stop(now, false);
    }
    let first = -1;
    for (const queue of this.order()) if (first < 0 || this.note(queue).turn < this.note(first).turn) first = queue;
    this.active = first;
    this.end = 0;
    this.count = 0;
    this.checked = false;
    return first;
  }
  /** Queues with the one whose request came first in front: who wins a tie. */
  private order(): number[] {
    const seen: number[] = [];
    for (const { queue } of this.arrivals) if (!seen.includes(queue) && this.list(queue).length > 0) seen.push(queue);
    return seen;
  }
  arrivals: { id: number; queue: number }[] = [];

  take(now: number, sectors: (id: number) => number): number {
    if (this.flying.length >= this.depth || this.waiting().length === 0) return -1;
    const queue = this.select(now);
    if (queue < 0) return -1;
    const asyncFlying = this.flying.filter((one) => one.queue === 0).length;
    const mine = this.flying.filter((one) => one.queue === queue).length;
    const others = this.waiting().some((other) => other !== queue);
    if (asyncFlying > 0 && this.idles(queue)) return -1;
    if (queue === 0 && this.flying.length > asyncFlying) return -1;
    let most = 4;
    if (mine >= 4) {
      if (!others) most = Infinity;
      else if (this.end === 0 || now + 8e6 * mine > this.end) return -1;
      else most = 8;
    }
    if (queue === 0) {
      const ramp = Math.floor((now - this.delayed) / 100e6);
      most = Math.min(most, ramp === 0 && mine === 0 ? 1 : ramp);
    }
    if (mine >= most) return -1;
    const list = this.list(queue);
    let chosen = [...list].sort((a, b) => this.price(a.sector) - this.price(b.sector) || b.sector - a.sector)[0]!;
    if (!this.checked && now - list[0]!.atNs >= (queue === 0 ? 250e6 : 125e6)) chosen = list[0]!;
    this.checked = true;
    this.idle = 0;
    this.must = false;
    list.splice(list.indexOf(chosen), 1);
    this.flying.push({ id: chosen.id, queue, atNs: chosen.atNs });
    this.head = chosen.sector + sectors(chosen.id);
    if (++this.count >= 16 && queue === 0 && others) this.stop(now, false);
    return chosen.id;
  }
  private price(sector: number): number {
    if (sector >= this.head) return sector - this.head;
    return this.head - sector <= 32768 ? 2 * (this.head - sector) : 1e12 + sector;
  }

  finish(now: number): void {
    const { queue, atNs } = this.flying.shift()!;
    if (queue > 0 && now - atNs >= 125e6) this.delayed = now;
    if (queue !== this.active) return;
    if (this.end === 0) this.end = now + (queue === 0 ? 40e6 : 100e6);
    const flies = this.flying.some((one) => one.queue === queue);
    if (this.used(now)) this.stop(now, true);
    else if (this.list(queue).length === 0 && !flies && this.idles(queue)) this.idle = now + 8e6;
  }
  timeout(now: number): void {
    this.idle = 0;
    if ((this.used(now) && !this.must) || this.list(this.active).length === 0) this.stop(now, true);
  }
}

test('R7.8 R7.9 the order of dispatch agrees with a slow reading of the rules', () => {
  const step = fc.oneof(
    fc.record({
      what: fc.constant('submit' as const),
      task: fc.integer({ min: 1, max: 3 }),
      async: fc.boolean(),
      page: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20000 })),
      pages: fc.constantFrom(1, 2, 8, 32),
    }),
    fc.record({ what: fc.constant('run' as const) }),
    fc.record({ what: fc.constant('finish' as const) }),
    fc.record({ what: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 5, 9, 30, 120, 300) }),
  );
  let dispatched = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(1, 4, 10),
      fc.boolean(),
      fc.array(step, { minLength: 80, maxLength: 150 }),
      (depth, nonrot, run) => {
        const bench = new Bench(cfq, depth, nonrot);
        const slow = new SlowCfq(depth, nonrot);
        const { block } = bench;
        const used = new Set<number>();
        const slowServed: number[] = [];
        const runSlow = () => {
          for (;;) {
            const id = slow.take(bench.nowNs, (of) => block.requests.sectors[of]!);
            if (id < 0) return;
            slow.arrivals = slow.arrivals.filter((one) => one.id !== id);
            slowServed.push(block.requests.sector[id]! / 8);
          }
        };
        for (const one of run) {
          if (one.what === 'submit') {
            if (used.has(one.page) || block.requests.freeRows < 200) continue;
            used.add(one.page);
            const cls = one.async ? ASYNC : SYNC;
            const id = block.requests.free[block.requests.freeRows - 1]!;
            const queue = one.async ? 0 : 1 + one.task;
            slow.arrivals.push({ id, queue });
            const runs = slow.add(id, queue, one.page * 8, one.pages * 8, bench.nowNs);
            bench.submit(one.task, one.page, cls, one.pages);
            if (runs) runSlow();
          } else if (one.what === 'run') {
            bench.run();
            runSlow();
          } else if (one.what === 'finish') {
            if (block.inFlight.length === 0) continue;
            slow.finish(bench.nowNs);
            bench.finish();
            runSlow();
          } else {
            const untilNs = bench.nowNs + one.ms * MS;
            const due = slow.idle;
            expect(due).toBe(cfq.timerNs!(block));
            if (due > 0 && due <= untilNs) {
              bench.pass(due - bench.nowNs);
              slow.timeout(due);
              runSlow();
            }
            bench.pass(untilNs - bench.nowNs);
          }
          expect(bench.served).toEqual(slowServed);
          expect(inLine(block.arrival).length).toBe(slow.arrivals.length);
        }
        dispatched += bench.served.length;
      },
    ),
    { numRuns: 200 },
  );
  expect(dispatched).toBeGreaterThan(3000);
});
