import type { Bytes, Ns, Sector } from '../../abi/units.ts';
import { KIND } from './kinds.ts';
import type { BlockRows } from './requests.ts';
import { SUM } from './sums.ts';

/** Per disk: where the last request began and ended, requests with the drive, and since when there are any. */
const LAST_START = 0;
const LAST_END = 1;
const COUNT = 2;
const BUSY_SINCE = 3;
const COLUMNS = 4;

/** Which requests wait and which are with the drives, and what the drives have done. */
export class QueueState {
  readonly queued: Set<number>;
  /** In the order in which the drives took them. */
  readonly inDrive: Set<number>;
  private readonly disks: Float64Array;
  private readonly block: BlockRows;

  constructor(block: BlockRows, from?: QueueState) {
    this.block = block;
    this.queued = new Set(from?.queued);
    this.inDrive = new Set(from?.inDrive);
    this.disks = from?.disks.slice() ?? new Float64Array(block.disks.length * COLUMNS);
  }

  get bytes(): Bytes {
    return 16 * (this.queued.size + this.inDrive.size) + this.disks.byteLength;
  }

  /** Where the last request ended; NaN before the first. */
  headOf(disk: number): Sector {
    return this.disks[disk * COLUMNS + LAST_END]! || Number.NaN;
  }

  /** Time with requests at drives that have not come to rest. */
  openBusyNs(nowNs: Ns): Ns {
    let sum = 0;
    for (let at = 0; at < this.disks.length; at += COLUMNS)
      if (this.disks[at + COUNT]! > 0) sum += nowNs - this.disks[at + BUSY_SINCE]!;
    return sum;
  }

  apply(row: number, kind: number, atNs: Ns, sums: Float64Array): void {
    const id = this.block.request[row]!;
    if (kind === KIND.merge) sums[SUM.merges]!++;
    if (id < 0) return;
    if (kind === KIND.insert || kind === KIND.requeue) this.queued.add(id);
    else if (kind === KIND.merge) this.queued.delete(id);
    else if (kind === KIND.issue) this.issue(id, atNs, sums);
    else this.complete(id, atNs, sums);
  }

  private issue(id: number, atNs: Ns, sums: Float64Array): void {
    const { disk, sector, sectors, write, by, meta } = this.block.requests;
    this.queued.delete(id);
    this.inDrive.add(id);
    const at = disk[id]! * COLUMNS;
    if (this.disks[at + COUNT]!++ === 0) this.disks[at + BUSY_SINCE] = atNs;
    sums[SUM.sectors]! += sectors[id]!;
    if (write[id] === 0) sums[SUM.reads]!++;
    else {
      sums[SUM.writes]!++;
      sums[SUM.writeRequests + by[id]!]!++;
      if (meta[id] === 0) sums[SUM.writtenSectors + by[id]!]! += sectors[id]!;
    }
    this.noteSeek(at, sector[id]!, sectors[id]!, sums);
  }

  /** As the simulated disks count them (engine/trace/seek-distances.ts); where the head stood before the trace is not known. */
  private noteSeek(at: number, start: number, sectors: number, sums: Float64Array): void {
    const { disks } = this;
    const lastStart = disks[at + LAST_START]!;
    const lastEnd = disks[at + LAST_END]!;
    const end = start + sectors;
    disks[at + LAST_START] = start;
    disks[at + LAST_END] = end;
    if (lastEnd === 0) return;
    const away = Math.abs(start - lastEnd);
    if (away > 0) sums[SUM.seeks]!++;
    if (away > 128) sums[SUM.seeksOver128]!++;
    if (away > 800) sums[SUM.seeksOver800]!++;
    const touches = (sector: number) => lastStart <= sector && sector <= lastEnd;
    if (touches(start) || touches(end)) return;
    sums[SUM.seeksBtt]!++;
    sums[SUM.sectorsBtt]! += start > lastEnd ? start - lastEnd : Math.abs(start - lastStart);
  }

  private complete(id: number, atNs: Ns, sums: Float64Array): void {
    if (!this.inDrive.delete(id)) return;
    const at = this.block.requests.disk[id]! * COLUMNS;
    if (--this.disks[at + COUNT]! === 0) sums[SUM.busyNs]! += atNs - this.disks[at + BUSY_SINCE]!;
  }
}
