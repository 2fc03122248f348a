import { MS, type Ns, S } from '../../../abi/units.ts';
import type { BlockState } from '../../machine/block-state.ts';
import { type Elevator, READ, sortedNeighbour, WRITE } from '../../machine/elevator.ts';
import { NONE } from '../../machine/page-table.ts';

const FIFO_BATCH = 16;
const WRITES_STARVED = 2;
/** read_expire, write_expire. */
const EXPIRE_NS: readonly Ns[] = [500 * MS, 5 * S];

/**
 * One-way sweeps of 16 requests by sector, reads before writes, and a deadline for each request: model.md R7.7. An expired
 * request is looked for only between sweeps.
 */
export const deadline: Elevator = {
  id: 'deadline',
  label: 'deadline (sorted sweeps, reads first)',
  source: 'block/deadline-iosched.c deadline_dispatch_requests(), model.md R7.7',
  frontMerges: true,
  choose(block, nowNs) {
    const { nextRequest } = block;
    const next = nextRequest[WRITE] !== NONE ? nextRequest[WRITE] : nextRequest[READ];
    if (next !== NONE && block.batching < FIFO_BATCH) return dispatch(block, next);
    const direction = chooseDirection(block);
    if (direction === NONE) return NONE;
    block.batching = 0;
    return dispatch(block, sweepStart(block, direction, nowNs));
  },
  former: (block, id) => sortedNeighbour(block, id, -1),
  latter: (block, id) => sortedNeighbour(block, id, 1),
};

/** Reads, unless writes have waited twice while both wanted the disk. */
function chooseDirection(block: BlockState): 0 | 1 | typeof NONE {
  const isWriteWaiting = block.fifo[WRITE].length > 0;
  if (block.fifo[READ].length > 0 && !(isWriteWaiting && block.starved++ >= WRITES_STARVED)) return READ;
  if (!isWriteWaiting) return NONE;
  block.starved = 0;
  return WRITE;
}

/** The sweep goes on, or starts anew at the oldest request: when that has expired, or nothing lies ahead. */
function sweepStart(block: BlockState, direction: 0 | 1, nowNs: Ns): number {
  const oldest = block.fifo[direction].head;
  const hasExpired = nowNs > block.requests.queuedNs[oldest]! + EXPIRE_NS[direction]!;
  const ahead = block.nextRequest[direction];
  return hasExpired || ahead === NONE ? oldest : ahead;
}

/** deadline_move_request(): both directions lose their place, this one goes on at the next higher sector. */
function dispatch(block: BlockState, id: number): number {
  const direction = block.requests.direction[id] as 0 | 1;
  block.batching++;
  block.batchDirection = direction;
  block.nextRequest[READ] = NONE;
  block.nextRequest[WRITE] = NONE;
  block.nextRequest[direction] = sortedNeighbour(block, id, 1);
  return id;
}
