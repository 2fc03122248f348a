import { broken } from '../../../abi/errors.ts';
import type { Elevator } from '../../machine/elevator.ts';
import type { Sockets } from '../../machine/sockets.ts';
import { cfq } from './cfq.ts';
import { deadline } from './deadline.ts';
import { noop } from './noop.ts';

export const ELEVATORS: readonly Elevator[] = [deadline, cfq, noop];

/** The scheduler in force is a sysctl; it may change between any two requests. */
export const elevatorSockets: Pick<Sockets, 'elevator'> = {
  elevator(k) {
    const { scheduler } = k.sysctl;
    for (const elevator of ELEVATORS) if (elevator.id === scheduler) return elevator;
    return broken('no I/O scheduler is called #', scheduler);
  },
};
