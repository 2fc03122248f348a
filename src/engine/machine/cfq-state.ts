import type { Ns, Sector } from '../../abi/units.ts';
import { NONE } from './page-table.ts';

/** struct cfq_queue: what CFQ keeps for the requests of one process, or for all asynchronous writes. */
export interface CfqQueue {
  /** Its place in the round: the queue with the smallest goes first. */
  turnNs: number;
  /** What was left of its last slice when that was cut short; below 0 if it overran. */
  residNs: Ns;
  /** One bit per request of late, 1: it began far from where the one before it ended. */
  seekHistory: number;
  lastEnd: Sector;
}

/** struct cfq_data (R7.8). Which request belongs to which queue follows from its class and task. */
export interface CfqState {
  /** 0: the asynchronous one; then one per thread, by its number. */
  queues: CfqQueue[];
  /** The queue that has its slice, or NONE. */
  active: number;
  /** End of the slice; 0: it begins when the first request is done. */
  sliceEndNs: Ns;
  sliceDispatched: number;
  fifoChecked: boolean;
  /** Until when the disk is kept idle for the active queue's next request; 0: it is not. */
  idleUntilNs: Ns;
  /** A small request came while idling: it may wait for others to join it, but not be passed over. */
  mustDispatch: boolean;
  lastDelayedSyncNs: Ns;
}

export function createCfqState(): CfqState {
  return {
    queues: [],
    active: NONE,
    sliceEndNs: 0,
    sliceDispatched: 0,
    fifoChecked: false,
    idleUntilNs: 0,
    mustDispatch: false,
    lastDelayedSyncNs: -1e9, // as if nobody had waited long in the last second
  };
}
