import type { Ns, Sector } from '../../abi/units.ts';
import { createLine, type Line } from './line.ts';
import { NONE } from './page-table.ts';
import { createRequestColumns, createSorted, REQUESTS_MAX, type RequestColumns, type Sorted } from './requests.ts';

/**
 * The one queue of the one disk: requests, pool, elevator lists, plug, and the device. Every list holds request numbers:
 * rows of `requests`. Every queued request is on three: by sector and by age within its direction, and by arrival.
 */
export interface BlockState {
  readonly requests: RequestColumns;
  /** Requests allocated per class: queued and in flight (R7.5, I13). */
  readonly count: [number, number];
  readonly full: [boolean, boolean];
  /** In the elevator per direction (READ, WRITE): by sector, and by age. */
  readonly sorted: readonly [Sorted, Sorted];
  readonly fifo: readonly [Line, Line];
  /** Both directions in order of arrival: noop's list. */
  readonly arrival: Line;
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
    requests: createRequestColumns(),
    count: [0, 0],
    full: [false, false],
    sorted: [createSorted(), createSorted()],
    fifo: [createLine(REQUESTS_MAX), createLine(REQUESTS_MAX)],
    arrival: createLine(REQUESTS_MAX),
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
  serve(disk: DiskState, request: DiskRequest, nowNs: Ns, options: DiskOptions): Ns;
}
/** What a disk is told of a request. */
export interface DiskRequest {
  readonly write: boolean;
  readonly sector: Sector;
  readonly sectors: number;
}
export interface DiskOptions {
  readonly totalSectors: Sector;
  readonly trackBuffer: boolean;
}

/** Device event kinds (sim/scheduler.ts EV_DEVICE upwards). */
export const EV_DISK_DONE = 2;
export const EV_UNPLUG = 3;
