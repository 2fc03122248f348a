import type { Ns, Pfn, Sector } from '../../abi/units.ts';
import { NONE } from './page-table.ts';

/** A request: bios of one direction, contiguous and ascending on the disk (I14). Lives in a numbered slot; lists hold its number. */
export interface Request {
  id: number;
  write: boolean;
  /** Class of the pool it came from: SYNC or ASYNC. */
  cls: number;
  sector: Sector;
  sectors: number;
  pfns: Pfn[];
  /** ACTOR of the bio that created it. */
  by: number;
  /** Pages per ACTOR: what merged in counts as that actor's pages. */
  pagesBy: number[];
  /** Arrival of its oldest bio: an elevator's deadline counts from here. */
  queuedNs: Ns;
  issuedNs: Ns;
  /** REQ_NOMERGE: a bio that was contiguous did not fit in. */
  noMerge: boolean;
}

/** The one queue of the one disk: pool, elevator lists, plug, and the device. Lists hold request numbers. */
export interface BlockState {
  requests: (Request | undefined)[];
  freeSlots: number[];
  /** Requests allocated per class: queued and in flight (R7.5, I13). */
  readonly count: [number, number];
  readonly full: [boolean, boolean];
  /** In the elevator per direction (0 read, 1 write): by sector, and by arrival. */
  readonly sorted: [number[], number[]];
  readonly fifo: [number[], number[]];
  /** Both directions in order of arrival: noop's list. */
  arrival: number[];
  lastMerge: number;
  plugged: boolean;
  /** When the plug of now is pulled by the clock, and whether the one timer event is under way. */
  unplugAtNs: Ns;
  unplugTimer: boolean;
  /** Deadline's state (R7.7). */
  readonly nextRequest: [number, number];
  batching: number;
  starved: number;
  batchDirection: number;
  /** Request number the device works on, or NONE. */
  inFlight: number;
  readonly disk: DiskState;
}

export interface DiskState {
  /** Sector after the last one transferred. */
  headSector: Sector;
  /** The drive's read-ahead segment (R7.15): from where the last read ended, to where it reads on by itself; -1: none. */
  readSegmentStart: Sector;
  readSegmentEnd: Sector;
  /** When readSegmentStart passed under the head. */
  readSegmentNs: Ns;
  /** Split of the request in flight. */
  seekNs: Ns;
  rotateNs: Ns;
  transferNs: Ns;
}

export function createBlockState(): BlockState {
  return {
    requests: [],
    freeSlots: [],
    count: [0, 0],
    full: [false, false],
    sorted: [[], []],
    fifo: [[], []],
    arrival: [],
    lastMerge: NONE,
    plugged: false,
    unplugAtNs: 0,
    unplugTimer: false,
    nextRequest: [NONE, NONE],
    batching: 0,
    starved: 0,
    batchDirection: 0,
    inFlight: NONE,
    disk: {
      headSector: 0,
      readSegmentStart: -1,
      readSegmentEnd: -1,
      readSegmentNs: 0,
      seekNs: 0,
      rotateNs: 0,
      transferNs: 0,
    },
  };
}

/** A disk: how long a request takes, seen from a state. Plugs live in block/disks. */
export interface DeviceDriver {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** Times of the request if started at `nowNs`; updates `disk` to the state after it. Answers the whole service time. */
  serve(disk: DiskState, request: Pick<Request, 'write' | 'sector' | 'sectors'>, nowNs: Ns, options: DiskOptions): Ns;
}
export interface DiskOptions {
  readonly totalSectors: Sector;
  readonly trackBuffer: boolean;
}

/** Device event kinds (sim/scheduler.ts EV_DEVICE upwards). */
export const EV_DISK_DONE = 2;
export const EV_UNPLUG = 3;
