import type { BlockState } from '../machine/block-state.ts';
import { sortedFrom } from '../machine/elevator.ts';
import { joinLine, jumpLine, leaveLine } from '../machine/line.ts';
import { NONE } from '../machine/page-table.ts';
import { insertSorted, removeSorted, sortedAt } from '../machine/requests.ts';

/** elv_insert(): onto the queue's three lists. */
export function insertRequest(block: BlockState, id: number): void {
  const { requests } = block;
  const direction = requests.direction[id] as 0 | 1;
  insertSorted(block.sorted[direction], sortedFrom(block, direction, requests.sector[id]!), id);
  joinLine(block.fifo[direction], id);
  joinLine(block.arrival, id);
  if (block.lastMerge === NONE) block.lastMerge = id;
}

/** Off every list: dispatched, or merged into another. Nobody may remember its number after this. */
export function takeOut(block: BlockState, id: number): void {
  const { requests } = block;
  const direction = requests.direction[id] as 0 | 1;
  const sorted = block.sorted[direction];
  const at = sortedFrom(block, direction, requests.sector[id]!);
  if (block.nextRequest[direction] === id) block.nextRequest[direction] = sortedAt(sorted, at + 1);
  removeSorted(sorted, at);
  leaveLine(block.fifo[direction], id);
  leaveLine(block.arrival, id);
  if (block.lastMerge === id) block.lastMerge = NONE;
}

/** deadline_merged_requests(): the survivor takes the older one's place in the line of its direction. */
export function takeOlderPlace(block: BlockState, survivor: number, merged: number): void {
  const { direction, queuedNs } = block.requests;
  if (queuedNs[merged]! >= queuedNs[survivor]!) return;
  const fifo = block.fifo[direction[survivor] as 0 | 1];
  leaveLine(fifo, survivor);
  jumpLine(fifo, survivor, merged);
  queuedNs[survivor] = queuedNs[merged]!;
}
