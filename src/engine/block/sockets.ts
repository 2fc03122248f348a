import type { Sockets } from '../machine/sockets.ts';
import { submitBio } from './make-request.ts';
import { unplug } from './plug.ts';

/** What the other rooms call here. The elevator comes from elevators/registry.ts. */
export const blockSockets: Pick<Sockets, 'submitBio' | 'unplug'> = {
  submitBio,
  unplug: (k, disk) => unplug(k, k.blocks[disk]!),
};
