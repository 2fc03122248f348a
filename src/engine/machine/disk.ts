import type { Ns, Sector } from '../../abi/units.ts';

/** What a drive is asked for: model.md §7.4, §7.5. */
export interface DiskRequest {
  readonly write: boolean;
  readonly sector: Sector;
  readonly sectors: Sector;
}

/** A drive as it stands: its mechanism, its memory, or the flash behind its controller. */
export interface DiskState {
  /** Sector after the last one transferred. */
  headSector: Sector;
  /** The drive's read-ahead segment (R7.15): from where the last read ended, to where it reads on by itself; -1: none. */
  readSegmentStart: Sector;
  readSegmentEnd: Sector;
  /** When readSegmentStart passed under the head. */
  readSegmentNs: Ns;
  /** Split of the request served last. */
  seekNs: Ns;
  rotateNs: Ns;
  transferNs: Ns;
  /** The mechanism is at work until then. */
  mechanismFreeNs: Ns;
  /** In the write cache and not yet on the platter (R7.16): runs that do not touch, ascending; start and end of each. */
  cacheStart: Sector[];
  cacheEnd: Sector[];
  /** Sectors of all of them, and of what the mechanism is writing now. */
  cachedSectors: Sector;
  destagingSectors: Sector;
  /** When the mechanism last finished a piece of the write cache. */
  destagedNs: Ns;
  /** The mechanism's time for the write cache: no request is charged with it. */
  destageSeekNs: Ns;
  destageRotateNs: Ns;
  destageTransferNs: Ns;
  /** Flash: until when its controller is busy with reads, and with writes. */
  readBusyUntilNs: Ns;
  writeBusyUntilNs: Ns;
  /** Where the last write ended, and how many did not go on there (R7.19). */
  writtenTo: Sector;
  scatteredWrites: number;
}

export function createDiskState(): DiskState {
  return {
    headSector: 0,
    readSegmentStart: -1,
    readSegmentEnd: -1,
    readSegmentNs: 0,
    seekNs: 0,
    rotateNs: 0,
    transferNs: 0,
    mechanismFreeNs: 0,
    cacheStart: [],
    cacheEnd: [],
    cachedSectors: 0,
    destagingSectors: 0,
    destagedNs: 0,
    destageSeekNs: 0,
    destageRotateNs: 0,
    destageTransferNs: 0,
    readBusyUntilNs: 0,
    writeBusyUntilNs: 0,
    writtenTo: 0,
    scatteredWrites: 0,
  };
}

/** A disk: how long a request takes, seen from a state. Plugs live in block/disks. */
export interface DeviceDriver {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** QUEUE_FLAG_NONROT: nothing turns, so neighbours are no cheaper than what is far away. */
  readonly nonrot: boolean;
  /** How many requests overlap in it if the host lets it have them (NCQ); 1: one at a time (R7.10). */
  readonly channels: number;
  /**
   * Times of the request if handed over at `nowNs`; updates `disk` to the state after it. Answers the whole service time.
   * A driver with one channel is asked for the next only when the last is done.
   */
  serve(disk: DiskState, request: DiskRequest, nowNs: Ns, options: DiskOptions): Ns;
  /** What the drive does by itself, up to `nowNs`. Answers when it will begin its next piece of work; Infinity: it has none. */
  goOn(disk: DiskState, nowNs: Ns, options: DiskOptions): Ns;
}
export interface DiskOptions {
  readonly totalSectors: Sector;
  readonly trackBuffer: boolean;
  /** Of a rotational drive; 0: off, a write ends on the platter. */
  readonly writeCacheSectors: Sector;
}

/** For drives that rest between requests. */
export const rests = (): Ns => Infinity;
