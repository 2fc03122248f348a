import type { Ns, Sector } from '../../abi/units.ts';
import type { BlockState } from './block-state.ts';
import { sortedAt } from './requests.ts';

/**
 * An I/O scheduler: which queued request the disk gets next. Plugs live in block/elevators. The queue's lists belong to the
 * block layer, which keeps all of them for every elevator, so that a switch while running needs no draining: requests
 * stay queued, and the new elevator chooses from the next dispatch on. (Linux drains the queue first.)
 */
export interface Elevator {
  readonly id: string;
  readonly label: string;
  readonly source: string;
  /** Finds a request that starts where a bio ends: R7.1 (3). */
  readonly frontMerges: boolean;
  /**
   * The request to dispatch, or NONE: nothing, for now. The caller takes it off the lists. Changes only the elevator's own
   * fields, as do all below.
   */
  choose(block: BlockState, nowNs: Ns, drive: Drive): number;
  /** elv_former_request() and elv_latter_request(): whom a request that has grown may now touch, or NONE. */
  former(block: BlockState, id: number): number;
  latter(block: BlockState, id: number): number;
  /** elevator_allow_merge_fn: a bio of this class and task may join the request; absent: any may. */
  mayMerge?(block: BlockState, id: number, cls: number, task: number): boolean;
  /** A request has been queued. True: the disk is to be run at once, plug or not. */
  added?(block: BlockState, id: number, nowNs: Ns, drive: Drive): boolean;
  /** A request is done and no longer in flight; its row still says what it was. */
  completed?(block: BlockState, id: number, nowNs: Ns, drive: Drive): void;
  /** When onTimer() wants to be called; 0: never. */
  timerNs?(block: BlockState): Ns;
  onTimer?(block: BlockState, nowNs: Ns): void;
}

/** What an elevator knows of the drive below it. */
export interface Drive {
  readonly nonrot: boolean;
  /** Requests it has at once. */
  readonly depth: number;
}

/** Row of a direction in the queue's lists. */
export const READ = 0;
export const WRITE = 1;

/** Where in the direction's sorted list the first request at or above `sector` stands. */
export function sortedFrom(block: BlockState, direction: number, sector: Sector): number {
  const { ids, length } = block.sorted[direction as 0 | 1];
  const { sector: sectors } = block.requests;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sectors[ids[middle]!]! < sector) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The queued request `step` places from this one by sector within its direction, or NONE. */
export function sortedNeighbour(block: BlockState, id: number, step: number): number {
  const { direction, sector } = block.requests;
  const list = block.sorted[direction[id] as 0 | 1];
  return sortedAt(list, sortedFrom(block, direction[id]!, sector[id]!) + step);
}
