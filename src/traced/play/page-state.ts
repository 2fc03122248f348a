import { CELL, LIST_NAMES } from '../../abi/frame.ts';
import type { Bytes } from '../../abi/units.ts';
import { KIND } from './kinds.ts';
import { indexAt, isSwept, NONE, type PageRows } from './page-rows.ts';
import type { PlayRows } from './rows.ts';
import { SUM } from './sums.ts';

const ACTIVE_ANON = LIST_NAMES.indexOf('active_anon');

/** What is known of each frame that the trace has shown, and the LRU lists in the order of the insertions. */
export class PageState {
  /** CELL byte; CELL.FREE: not in memory as far as is known. */
  readonly cell: Uint8Array;
  /** Row of LIST_NAMES; NONE. */
  readonly list: Int8Array;
  readonly space: Int32Array;
  readonly index: Float64Array;
  private readonly newer: Int32Array;
  private readonly older: Int32Array;
  /** Newest of each list. */
  readonly heads: Int32Array;
  readonly lengths: Int32Array;
  private readonly rows: PlayRows;
  private readonly of: PageRows;

  constructor(rows: PlayRows, of: PageRows, from?: PageState) {
    this.rows = rows;
    this.of = of;
    const frames = of.pfns.length;
    this.cell = from?.cell.slice() ?? new Uint8Array(frames);
    this.list = from?.list.slice() ?? new Int8Array(frames).fill(NONE);
    this.space = from?.space.slice() ?? new Int32Array(frames).fill(NONE);
    this.index = from?.index.slice() ?? new Float64Array(frames);
    this.newer = from?.newer.slice() ?? new Int32Array(frames).fill(NONE);
    this.older = from?.older.slice() ?? new Int32Array(frames).fill(NONE);
    this.heads = from?.heads.slice() ?? new Int32Array(LIST_NAMES.length).fill(NONE);
    this.lengths = from?.lengths.slice() ?? new Int32Array(LIST_NAMES.length);
  }

  get bytes(): Bytes {
    return this.cell.length * (2 + 3 * 4 + 8);
  }

  /** The next older page of the same list; NONE. */
  olderThan(frame: number): number {
    return this.older[frame]!;
  }

  apply(row: number, kind: number, sums: Float64Array): void {
    if (kind === KIND.dirtyPage) sums[SUM.dirtied]!++;
    if (kind === KIND.inodeWritten) this.sweep(row);
    const frame = this.of.frame[row] ?? NONE;
    if (frame === NONE) return;
    this.applyTo(frame, row, kind, 0);
    for (const [nth, one] of (this.of.more.get(row) ?? []).entries()) this.applyTo(one, row, kind, nth + 1);
  }

  /** The request that carries what a reclaimer had handed over is done. */
  arrive(row: number): void {
    for (const frame of this.of.written.get(row) ?? [])
      if ((this.cell[frame]! & CELL.STATE) === CELL.WRITEBACK) this.become(frame, CELL.CLEAN);
  }

  /** What a flusher has gone over is written, or on its way: no event tells when the disk is done with it. */
  private sweep(row: number): void {
    const sweep = this.of.swept.get(row);
    if (sweep === undefined) return;
    for (let frame = 0; frame < this.cell.length; frame++)
      if (
        this.space[frame] === sweep.space &&
        (this.cell[frame]! & CELL.STATE) === CELL.DIRTY &&
        isSwept(sweep, this.index[frame]!)
      )
        this.become(frame, CELL.CLEAN);
  }

  private applyTo(frame: number, row: number, kind: number, nth: number): void {
    switch (kind) {
      case KIND.cacheAdd:
        this.leaveList(frame);
        this.cell[frame]! &= CELL.STATE;
        this.become(frame, CELL.CLEAN);
        this.space[frame] = this.of.space[row]!;
        this.index[frame] = indexAt(this.rows, row) + nth;
        return;
      case KIND.cacheDelete:
        this.leaveList(frame);
        this.become(frame, CELL.FREE);
        this.cell[frame] = CELL.FREE;
        this.space[frame] = NONE;
        return;
      case KIND.lruInsert:
        this.insert(frame, this.rows.number(row, 1));
        return;
      case KIND.dirtyPage:
        this.become(frame, CELL.DIRTY);
        return;
      case KIND.writePage:
        this.become(frame, CELL.WRITEBACK);
        return;
    }
  }

  private insert(frame: number, list: number): void {
    this.leaveList(frame);
    if (!(list >= 0 && list < LIST_NAMES.length)) return;
    if ((this.cell[frame]! & CELL.STATE) === CELL.FREE) this.become(frame, CELL.CLEAN);
    if (list <= ACTIVE_ANON) this.cell[frame]! |= CELL.ANON;
    const next = this.heads[list]!;
    this.older[frame] = next;
    if (next !== NONE) this.newer[next] = frame;
    this.heads[list] = frame;
    this.list[frame] = list;
    this.lengths[list]!++;
  }

  private leaveList(frame: number): void {
    const list = this.list[frame]!;
    if (list === NONE) return;
    const newer = this.newer[frame]!;
    const older = this.older[frame]!;
    if (newer === NONE) this.heads[list] = older;
    else this.older[newer] = older;
    if (older !== NONE) this.newer[older] = newer;
    this.newer[frame] = NONE;
    this.older[frame] = NONE;
    this.list[frame] = NONE;
    this.lengths[list]!--;
  }

  private become(frame: number, state: number): void {
    this.cell[frame] = (this.cell[frame]! & ~CELL.STATE) | state;
  }
}
