import { type Ns, SECTORS_PER_PAGE, type Sector } from '../../abi/units.ts';
import { type CfqState, createCfqState } from './cfq-state.ts';
import { createDiskState, type DiskState } from './disk.ts';
import { createDiskStat } from './disk-stat.ts';
import type { IoGroup } from './io-group.ts';
import { createLine, type Line } from './line.ts';
import { NONE } from './page-table.ts';
import { createRequestColumns, createSorted, REQUESTS_MAX, type RequestColumns, type Sorted } from './requests.ts';

/**
 * The queue of a disk: requests, pool, elevator lists, plug, and the device. Every list holds request numbers: rows of
 * `requests`. Every queued request is on three: by sector and by age within its direction, and by arrival.
 */
export interface BlockState {
  /** Row in Machine.blocks and of its bdi in Machine.bdis; 8:0, 8:16, … to the kernel. */
  readonly id: number;
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
  /** CFQ's state (R7.8), and whether the event of an elevator's timer is under way. */
  readonly cfq: CfqState;
  elevatorTimer: boolean;
  /** Requests the device works on, the one issued first at the front; and since when it has not been idle. */
  readonly inFlight: number[];
  busySinceNs: Ns;
  readonly disk: DiskState;
  /** Sector after the last request dispatched: from here the next one's jump is counted. */
  lastSector: Sector;
  /** The event of the drive's own work is under way. */
  driveTimer: boolean;
  /** A row per memory cgroup, where buffered writes are tracked by group. */
  readonly ioGroups: IoGroup[];
  /** Rows named by DISK_STAT. */
  readonly stat: Float64Array;
}

export function createBlockState(id = 0, sectorsPerPage = SECTORS_PER_PAGE, memcgs = 0): BlockState {
  return {
    id,
    requests: createRequestColumns(sectorsPerPage),
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
    cfq: createCfqState(),
    elevatorTimer: false,
    inFlight: [],
    busySinceNs: 0,
    disk: createDiskState(),
    lastSector: 0,
    driveTimer: false,
    ioGroups: Array.from({ length: memcgs }, (_, memcg) => ({ memcg, virtualTime: 0, waiting: [] })),
    stat: createDiskStat(),
  };
}

/** Device event kinds (sim/scheduler.ts EV_DEVICE upwards), and above them whose event it is. */
export const EV_DISK_DONE = 2;
export const EV_UNPLUG = 3;
export const EV_DRIVE = 4;
export const EV_ELEVATOR = 5;

/** The event kind of one disk's queue. */
export function eventOf(block: BlockState, kind: number): number {
  return (block.id << 8) | kind;
}
