import { broken } from '../../abi/errors.ts';
import { EV_DISK_DONE, EV_DRIVE, EV_ELEVATOR, EV_UNPLUG } from '../machine/block-state.ts';
import type { Kernel } from '../machine/kernel.ts';
import { complete } from './complete.ts';
import { letDriveGoOn, onElevatorTimer } from './dispatch.ts';
import { letGroupsThrough } from './make-request.ts';
import { onUnplugTimer } from './plug.ts';

/** The engine's door for the disks' events. A request that is done makes room for what waits in front of the queue. */
export function onDiskEvent(k: Kernel, what: number, id: number): void {
  const block = k.blocks[what >> 8];
  const kind = what & 0xff;
  if (block === undefined) broken('event # is of no disk', what);
  if (kind === EV_DISK_DONE) {
    complete(k, block, id);
    letGroupsThrough(k, block);
  } else if (kind === EV_UNPLUG) onUnplugTimer(k, block);
  else if (kind === EV_DRIVE) letDriveGoOn(k, block);
  else if (kind === EV_ELEVATOR) onElevatorTimer(k, block);
  else broken("event # is not the disk's", what);
}
