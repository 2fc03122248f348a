import type { Ns, Pages } from '../../abi/units.ts';
import { type BlockState, createBlockState } from './block-state.ts';
import { type Elevator, sortedFrom } from './elevator.ts';
import { joinLine, leaveLine } from './line.ts';
import { createRequest, insertSorted, removeSorted } from './requests.ts';
import { ASYNC, SYNC } from './waits.ts';

/** For tests of an elevator: a queue, and a drive that is done when the test says so. */
export class Bench {
  readonly block: BlockState = createBlockState();
  /** What went to the drive, in order: first pages. */
  readonly served: Pages[] = [];
  nowNs: Ns = 0;
  readonly elevator: Elevator;
  readonly drive: { nonrot: boolean; depth: number };

  constructor(elevator: Elevator, depth = 1, nonrot = false) {
    this.elevator = elevator;
    this.drive = { nonrot, depth };
  }

  /** A read of a task, or an asynchronous write; answers its number. */
  submit(task: number, page: Pages, cls: number = SYNC, pages: Pages = 2): number {
    const { block } = this;
    const direction = cls === SYNC ? 0 : 1;
    const pfns = Array.from({ length: pages }, (_, at) => at);
    const id = createRequest(block.requests, direction, cls, 0, task, page * 8, pfns, this.nowNs);
    insertSorted(block.sorted[direction], sortedFrom(block, direction, page * 8), id);
    joinLine(block.fifo[direction], id);
    joinLine(block.arrival, id);
    if (this.elevator.added?.(block, id, this.nowNs, this.drive)) this.run();
    return id;
  }

  write(page: Pages): number {
    return this.submit(0, page, ASYNC);
  }

  run(): void {
    const { block } = this;
    while (block.inFlight.length < this.drive.depth && block.arrival.length > 0) {
      const id = this.elevator.choose(block, this.nowNs, this.drive);
      if (id < 0) return;
      const direction = block.requests.direction[id] as 0 | 1;
      removeSorted(block.sorted[direction], block.sorted[direction].ids.indexOf(id));
      leaveLine(block.fifo[direction], id);
      leaveLine(block.arrival, id);
      block.inFlight.push(id);
      block.lastSector = block.requests.sector[id]! + block.requests.sectors[id]!;
      this.served.push(block.requests.sector[id]! / 8);
    }
  }

  /** The request that has been on the drive longest is done, `afterNs` from now. */
  finish(afterNs: Ns = 0): void {
    this.pass(afterNs);
    const { block } = this;
    const id = block.inFlight.shift()!;
    this.elevator.completed?.(block, id, this.nowNs, this.drive);
    block.requests.inUse[id] = 0;
    block.requests.free[block.requests.freeRows++] = id;
    this.run();
  }

  /** Time goes by; an idle timer that ends meanwhile fires. */
  pass(ns: Ns): void {
    const untilNs = this.nowNs + ns;
    const dueNs = this.elevator.timerNs?.(this.block) ?? 0;
    if (dueNs > 0 && dueNs <= untilNs) {
      this.nowNs = dueNs;
      this.elevator.onTimer?.(this.block, dueNs);
      this.run();
    }
    this.nowNs = untilNs;
  }
}
