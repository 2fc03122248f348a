import { MS } from '../../abi/units.ts';
import { type BlockState, EV_UNPLUG, eventOf } from '../machine/block-state.ts';
import type { Kernel } from '../machine/kernel.ts';
import { pushEvent } from '../sim/event-queue.ts';
import { depthOf, dispatch } from './dispatch.ts';

const UNPLUG_DELAY_NS = 3 * MS;

/** blk_plug_device(): nothing is dispatched until something unplugs (R7.3). */
export function plug(k: Kernel, block: BlockState): void {
  const { sim } = k;
  if (block.plugged) return;
  block.plugged = true;
  block.unplugAtNs = sim.nowNs + UNPLUG_DELAY_NS;
  if (block.unplugTimer) return;
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, eventOf(block, EV_UNPLUG), 0);
}

/** One timer event at most: it follows the plug of now instead of being cancelled with each. */
export function onUnplugTimer(k: Kernel, block: BlockState): void {
  const { sim } = k;
  block.unplugTimer = false;
  if (!block.plugged) return;
  if (sim.nowNs >= block.unplugAtNs) {
    unplug(k, block);
    return;
  }
  block.unplugTimer = true;
  pushEvent(sim.queue, block.unplugAtNs, eventOf(block, EV_UNPLUG), 0);
}

/** queue_should_plug(): waiting for neighbours does not pay where nothing turns and the drive overlaps requests (R7.3). */
export function shouldPlug(k: Kernel, block: BlockState): boolean {
  return !k.devices[block.id]!.nonrot || depthOf(k, block) === 1;
}

/** __generic_unplug_device(): a queue that was not plugged is run only where nothing turns. */
export function unplug(k: Kernel, block: BlockState): void {
  if (!block.plugged && !k.devices[block.id]!.nonrot) return;
  block.plugged = false;
  dispatch(k, block);
}
