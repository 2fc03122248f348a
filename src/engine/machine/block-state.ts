import type { Ns, Sector } from '../../abi/units.ts';
import { createDiskState, type DiskState } from './disk.ts';
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
  /** Sector after the last request dispatched: from here the next one's jump is counted. */
  lastSector: Sector;
  /** The event of the drive's own work is under way. */
  driveTimer: boolean;
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
    disk: createDiskState(),
    lastSector: 0,
    driveTimer: false,
  };
}

/** Device event kinds (sim/scheduler.ts EV_DEVICE upwards). */
export const EV_DISK_DONE = 2;
export const EV_UNPLUG = 3;
export const EV_DRIVE = 4;
