import { ACTOR } from '../../abi/actor.ts';
import type { FileFrame } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import type { Cast } from './cast.ts';
import { ACTOR_BITS, type Deeds } from './deeds.ts';
import { KIND } from './kinds.ts';
import type { PlayRows } from './rows.ts';
import { touchedOf } from './touched.ts';

// Requests of the block layer, each from the row that inserts it to the row that completes it.

/** Columns, a row per request in the order in which they are first seen. Times are NaN where the trace does not show it. */
export interface RequestTable {
  readonly count: number;
  readonly disk: Uint8Array;
  readonly sector: Float64Array;
  readonly sectors: Int32Array;
  readonly write: Uint8Array;
  /** ACTOR number and person of whoever inserted it. */
  readonly by: Uint8Array;
  readonly person: Int32Array;
  /** 1: metadata of the filesystem, in the letters of rwbs. */
  readonly meta: Uint8Array;
  readonly queuedNs: Float64Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

export interface BlockRows {
  /** 8,0 … in the order of their numbers. */
  readonly disks: readonly string[];
  readonly requests: RequestTable;
  /** Per row of a block event the request it is about; -1: none, or it undoes nothing. */
  readonly request: Int32Array;
  /** Per disk the end of the furthest request. */
  readonly reach: readonly number[];
  /** Per disk the parts of it that requests are about. */
  readonly touched: readonly (readonly FileFrame[])[];
}

const NONE = -1;
/** More disks than a frame can number are left out. */
const DISKS_MAX = 255;

export function blockRowsOf(rows: PlayRows, cast: Cast, deeds: Deeds): BlockRows {
  return new BlockWalk(rows, cast, deeds).walk();
}

class BlockWalk {
  private readonly request: Int32Array;
  private readonly disks: readonly string[];
  private readonly diskOf: ReadonlyMap<string, number>;
  private readonly columns: Record<keyof Omit<RequestTable, 'count'>, number[]> = {
    ...{ disk: [], sector: [], sectors: [], write: [], by: [], person: [], meta: [] },
    ...{ queuedNs: [], startNs: [], endNs: [] },
  };
  /** Per disk the request that begins at a sector: queued; with the drive. */
  private readonly queued: Map<number, number>[];
  private readonly inDrive: Map<number, number>[];
  private readonly issueRow = new Map<number, number>();
  private readonly reach: number[];
  private readonly rows: PlayRows;
  private readonly cast: Cast;
  private readonly deeds: Deeds;

  constructor(rows: PlayRows, cast: Cast, deeds: Deeds) {
    this.rows = rows;
    this.cast = cast;
    this.deeds = deeds;
    this.disks = disksOf(rows).slice(0, DISKS_MAX);
    this.diskOf = new Map(this.disks.map((name, disk) => [name, disk]));
    this.request = new Int32Array(rows.count).fill(NONE);
    this.queued = this.disks.map(() => new Map());
    this.inDrive = this.disks.map(() => new Map());
    this.reach = this.disks.map(() => 0);
  }

  walk(): BlockRows {
    const { rows } = this;
    for (let row = 0; row < rows.count; row++) {
      const kind = rows.kind(row);
      if (kind < KIND.insert || kind > KIND.merge) continue;
      const disk = this.diskOf.get(rows.text(row, 0)) ?? NONE;
      const sectors = rows.number(row, 3);
      // Flushes and discards move nothing.
      if (disk === NONE || !(sectors > 0) || !/[RW]/.test(rows.text(row, 1))) continue;
      this.take(kind, row, disk, rows.number(row, 2), sectors);
    }
    const { disks, request, reach } = this;
    const requests = this.finish();
    const touched = disks.map((_, disk) => touchedOf(requests, disk));
    return { disks, request, reach, requests, touched };
  }

  private take(kind: number, row: number, disk: number, sector: number, sectors: number): void {
    const queued = this.queued[disk]!;
    const inDrive = this.inDrive[disk]!;
    if (kind === KIND.insert) {
      queued.set(sector, this.add(row, disk, sector, sectors, this.rows.atNs[row]!));
      this.request[row] = queued.get(sector)!;
    } else if (kind === KIND.issue) this.issue(row, disk, sector, sectors);
    else if (kind === KIND.merge) {
      // What is merged into a neighbour is no request of its own any more.
      this.request[row] = queued.get(sector) ?? NONE;
      queued.delete(sector);
    } else {
      const id = inDrive.get(sector);
      if (id === undefined) return;
      inDrive.delete(sector);
      if (kind === KIND.complete) {
        this.request[row] = id;
        this.columns.endNs[id] = this.rows.atNs[row]!;
        return;
      }
      // The drive was busy and did not take it: that was no issue, and it is queued as before.
      this.request[this.issueRow.get(id)!] = NONE;
      this.columns.startNs[id] = Number.NaN;
      if (Number.isNaN(this.columns.queuedNs[id]!)) this.columns.queuedNs[id] = this.rows.atNs[row]!;
      queued.set(sector, id);
      this.request[row] = id;
    }
  }

  private issue(row: number, disk: number, sector: number, sectors: number): void {
    const queued = this.queued[disk]!;
    const known = queued.get(sector) ?? this.grown(queued, sector, sectors);
    const id = known ?? this.add(row, disk, sector, sectors, Number.NaN);
    queued.delete(this.columns.sector[id]!);
    this.columns.sector[id] = sector;
    // It may have grown since it was inserted.
    this.columns.sectors[id] = sectors;
    this.columns.startNs[id] = this.rows.atNs[row]!;
    this.inDrive[disk]!.set(sector, id);
    this.issueRow.set(id, row);
    this.request[row] = id;
    this.reach[disk] = Math.max(this.reach[disk]!, sector + sectors);
  }

  /** A request that something was merged with in front begins earlier than it did when it was inserted. */
  private grown(queued: ReadonlyMap<number, number>, sector: number, sectors: number): number | undefined {
    for (const [start, id] of queued) if (start > sector && start < sector + sectors) return id;
    return undefined;
  }

  private add(row: number, disk: number, sector: number, sectors: number, queuedNs: Ns): number {
    const { columns, rows } = this;
    const rwbs = rows.text(row, 1);
    const who = this.cast.person[rows.table.task[row]!]!;
    columns.disk.push(disk);
    columns.sector.push(sector);
    columns.sectors.push(sectors);
    columns.write.push(rwbs.includes('W') ? 1 : 0);
    columns.by.push(this.deeds.as[row]! & ACTOR_BITS || ACTOR.TASK);
    columns.person.push(who);
    columns.meta.push(rwbs.includes('M') ? 1 : 0);
    columns.queuedNs.push(queuedNs);
    columns.startNs.push(Number.NaN);
    columns.endNs.push(Number.NaN);
    this.reach[disk] = Math.max(this.reach[disk]!, sector + sectors);
    return columns.disk.length - 1;
  }

  private finish(): RequestTable {
    const { disk, sector, sectors, write, by, person, meta, queuedNs, startNs, endNs } = this.columns;
    return {
      count: disk.length,
      disk: Uint8Array.from(disk),
      sector: Float64Array.from(sector),
      sectors: Int32Array.from(sectors),
      write: Uint8Array.from(write),
      by: Uint8Array.from(by),
      person: Int32Array.from(person),
      meta: Uint8Array.from(meta),
      queuedNs: Float64Array.from(queuedNs),
      startNs: Float64Array.from(startNs),
      endNs: Float64Array.from(endNs),
    };
  }
}

/** The disks that anything was asked of, by their numbers; the one with the most requests first where that is another. */
function disksOf(rows: PlayRows): readonly string[] {
  const uses = new Map<string, number>();
  for (let row = 0; row < rows.count; row++) {
    const kind = rows.kind(row);
    if (kind < KIND.insert || kind > KIND.merge || !(rows.number(row, 3) > 0)) continue;
    const name = rows.text(row, 0);
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return [...uses].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}
