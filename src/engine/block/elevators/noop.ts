import type { BlockState } from '../../machine/block-state.ts';
import type { Elevator } from '../../machine/elevator.ts';
import { NONE } from '../../machine/page-table.ts';

/** First come, first served: model.md R7.6. The neighbours for merging are the neighbours in the queue. */
export const noop: Elevator = {
  id: 'noop',
  label: 'noop (first come, first served)',
  source: 'block/noop-iosched.c, model.md R7.6',
  frontMerges: false,
  choose: (block) => block.arrival[0] ?? NONE,
  former: (block, id) => neighbour(block, id, -1),
  latter: (block, id) => neighbour(block, id, 1),
};

function neighbour(block: BlockState, id: number, step: number): number {
  return block.arrival[block.arrival.indexOf(id) + step] ?? NONE;
}
