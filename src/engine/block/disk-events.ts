import { EV_DISK_DONE } from '../machine/block-state.ts';
import type { Kernel } from '../machine/kernel.ts';
import { onQueueEvent } from './dispatch.ts';
import { letGroupsThrough } from './make-request.ts';

/** The engine's door for the disks' events. A request that is done makes room for what waits in front of the queue. */
export function onDiskEvent(k: Kernel, what: number, id: number): void {
  onQueueEvent(k, what, id);
  if ((what & 0xff) === EV_DISK_DONE) letGroupsThrough(k, k.blocks[what >> 8]!);
}
