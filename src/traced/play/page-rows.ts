import { PAGE_BYTES, type Pages, type Pfn } from '../../abi/units.ts';
import { KIND } from './kinds.ts';
import type { BlockRows } from './requests.ts';
import type { PlayRows } from './rows.ts';

// Which page frame and which file each page event is about.

/** A file as the page cache knows it. */
interface PageSpace {
  /** "inode 12", with the device where the trace has several. */
  readonly name: string;
  /** From its first page to the last that the trace shows. */
  pages: Pages;
}

export interface PageRows {
  /** Page frame numbers in the order in which they are first seen: frames are numbered by it. */
  readonly pfns: readonly Pfn[];
  readonly spaces: readonly PageSpace[];
  /** Per row the frame it is about; NONE. Empty where the trace has no page events. */
  readonly frame: Int32Array;
  /** Per row the space, where the event names it. */
  readonly space: Int32Array;
  /** Frames of a folio after its first, by the row of an event about it. */
  readonly more: ReadonlyMap<number, readonly number[]>;
  /** Frames that a request writes, by the row that completes it: those that reclaim had just handed over. */
  readonly written: ReadonlyMap<number, readonly number[]>;
  /** Pages of a file that a flusher has gone over, by the row that says so. */
  readonly swept: ReadonlyMap<number, Sweep>;
}

/** From where the flusher was the last time to where it is now: at the end of the file it begins anew. */
export interface Sweep {
  readonly space: number;
  readonly from: Pages;
  readonly to: Pages;
}

export const isSwept = ({ from, to }: Sweep, index: Pages): boolean =>
  from < to ? index >= from && index < to : index >= from || index < to;

export const NONE = -1;
const NO_ROWS = new Int32Array(0);

export function pageRowsOf(rows: PlayRows, person: Uint32Array, block: BlockRows): PageRows {
  const kinds = [KIND.cacheAdd, KIND.cacheDelete, KIND.lruInsert, KIND.dirtyPage];
  if (kinds.every((kind) => rows.counts[kind] === 0))
    return {
      pfns: [],
      spaces: [],
      frame: NO_ROWS,
      space: NO_ROWS,
      more: new Map(),
      written: new Map(),
      swept: new Map(),
    };
  return new PageWalk(rows, person, block).walk();
}

/** Page of the file that a page cache event is about: it prints a place in bytes. */
export const indexAt = (rows: PlayRows, row: number): Pages =>
  rows.kind(row) === KIND.dirtyPage ? rows.number(row, 2) : Math.floor(rows.number(row, 3) / PAGE_BYTES);

/** Pages of a folio are at most so many; what prints more is no order. */
const ORDER_MAX = 10;

class PageWalk {
  private readonly frame: Int32Array;
  private readonly space: Int32Array;
  private readonly more = new Map<number, readonly number[]>();
  private readonly written = new Map<number, readonly number[]>();
  private readonly swept = new Map<number, Sweep>();
  /** Per space where its flusher goes on. */
  private readonly writebackIndex = new Map<number, Pages>();
  private readonly pfns: Pfn[] = [];
  private readonly frameOf = new Map<Pfn, number>();
  private readonly spaces: PageSpace[] = [];
  private readonly spaceOf = new Map<string, Map<number, number>>();
  /** Per space its pages in memory: frame by index. */
  private readonly cached: Map<number, number>[] = [];
  /** Order of the folio that begins at a frame. */
  private readonly folio = new Map<number, number>();
  /** Per person what it has written and no request has taken yet; per request what it carries. */
  private readonly handed = new Map<number, number[]>();
  private readonly carried = new Map<number, number[]>();
  private readonly rows: PlayRows;
  private readonly person: Uint32Array;
  private readonly block: BlockRows;

  constructor(rows: PlayRows, person: Uint32Array, block: BlockRows) {
    this.rows = rows;
    this.person = person;
    this.block = block;
    this.frame = new Int32Array(rows.count).fill(NONE);
    this.space = new Int32Array(rows.count).fill(NONE);
  }

  walk(): PageRows {
    const { rows } = this;
    for (let row = 0; row < rows.count; row++) {
      const kind = rows.kind(row);
      if (kind === KIND.cacheAdd || kind === KIND.cacheDelete) this.cache(row, kind === KIND.cacheAdd);
      else if (kind === KIND.lruInsert) this.takeFrame(row, rows.number(row, 0));
      else if (kind === KIND.dirtyPage) this.dirty(row);
      else if (kind === KIND.inodeWritten) this.sweep(row);
      else if (kind === KIND.writePage) this.handOver(row);
      else if (kind === KIND.insert || kind === KIND.issue) this.carry(row);
      else if (kind === KIND.complete) this.arrive(row);
    }
    const { pfns, spaces, frame, space, more, written, swept } = this;
    return { pfns, spaces, frame, space, more, written, swept };
  }

  private cache(row: number, isAdd: boolean): void {
    const { rows } = this;
    const space = this.spaceAt(row, rows.text(row, 0));
    const index = indexAt(rows, row);
    const order = Math.min(ORDER_MAX, rows.number(row, 4) || 0);
    const pfn = rows.number(row, 2);
    if (isAdd) this.folio.set(this.numberOf(pfn), order);
    this.space[row] = space;
    this.takeFrame(row, pfn);
    const cached = this.cached[space]!;
    for (let at = 0; at < 1 << order; at++)
      if (isAdd) cached.set(index + at, this.numberOf(pfn + at));
      else cached.delete(index + at);
    this.reach(space, index + (1 << order));
  }

  private takeFrame(row: number, pfn: Pfn): void {
    const frame = this.numberOf(pfn);
    this.frame[row] = frame;
    const order = this.folio.get(frame) ?? 0;
    if (order > 0)
      this.more.set(
        row,
        Array.from({ length: (1 << order) - 1 }, (_, at) => this.numberOf(pfn + at + 1)),
      );
  }

  private numberOf(pfn: Pfn): number {
    const known = this.frameOf.get(pfn);
    if (known !== undefined) return known;
    this.frameOf.set(pfn, this.pfns.length);
    return this.pfns.push(pfn) - 1;
  }

  private dirty(row: number): void {
    const { rows } = this;
    const space = this.spaceAt(row, rows.text(row, 0));
    const index = indexAt(rows, row);
    this.space[row] = space;
    this.frame[row] = this.cached[space]!.get(index) ?? NONE;
    this.reach(space, index + 1);
  }

  private handOver(row: number): void {
    // A page that was cached before the trace has a place in the order all the same.
    const frame = this.frameOf.get(this.rows.number(row, 0)) ?? NONE;
    this.frame[row] = frame;
    const who = this.person[this.rows.table.task[row]!]!;
    const handed = this.handed.get(who) ?? [];
    handed.push(frame);
    this.handed.set(who, handed);
  }

  private sweep(row: number): void {
    const { rows } = this;
    if (!(rows.number(row, 3) > 0)) return;
    const space = this.spaceAt(row, rows.text(row, 0));
    const from = this.writebackIndex.get(space);
    const to = rows.number(row, 2);
    this.writebackIndex.set(space, to);
    if (from !== undefined) this.swept.set(row, { space, from, to });
  }

  /** A reclaimer's own requests follow the pages it hands over, in the same order, a page for each eight sectors. */
  private carry(row: number): void {
    const id = this.block.request[row]!;
    const { write, sectors, person } = this.block.requests;
    if (id < 0 || write[id] === 0 || this.carried.has(id)) return;
    const handed = this.handed.get(person[id]!);
    if (!handed || handed.length === 0) return;
    const taken = handed.splice(0, sectors[id]! >> 3);
    this.carried.set(
      id,
      taken.filter((frame) => frame !== NONE),
    );
  }

  private arrive(row: number): void {
    const carried = this.carried.get(this.block.request[row]!);
    if (carried) this.written.set(row, carried);
  }

  /** Page events name the partition, writeback events the disk: a file is told by its inode on devices of one driver. */
  private spaceAt(row: number, device: string): number {
    const major = device.split(':')[0]!;
    const driver = major === '0' ? device : major;
    const inode = this.rows.number(row, 1);
    const inodes = this.spaceOf.get(driver) ?? new Map<number, number>();
    this.spaceOf.set(driver, inodes);
    const known = inodes.get(inode);
    if (known !== undefined) return known;
    const isFirst = this.spaceOf.size === 1;
    const name = `inode ${this.rows.integer(row, 1)}${isFirst ? '' : ` on ${device}`}`;
    this.spaces.push({ name, pages: 0 });
    this.cached.push(new Map());
    inodes.set(inode, this.spaces.length - 1);
    return this.spaces.length - 1;
  }

  private reach(space: number, pages: Pages): void {
    const file = this.spaces[space]!;
    file.pages = Math.max(file.pages, pages);
  }
}
