import { broken } from '../../../abi/errors.ts';
import type { Elevator } from '../../machine/elevator.ts';
import type { Sockets } from '../../machine/sockets.ts';
import { cfq } from './cfq.ts';
import { deadline } from './deadline.ts';
import { noop } from './noop.ts';

export const ELEVATORS: readonly Elevator[] = [deadline, cfq, noop];

/** The one asked for last: it is asked for several times per request, and changes once a run if at all. */
let latest: Elevator = deadline;

/** The scheduler in force is a sysctl; it may change between any two requests. */
export const elevatorSockets: Pick<Sockets, 'elevator'> = {
  elevator: ({ sysctl: { scheduler } }) => {
    if (latest.id !== scheduler) latest = elevatorOf(scheduler);
    return latest;
  },
};

function elevatorOf(id: string): Elevator {
  return ELEVATORS.find((elevator) => elevator.id === id) ?? broken('no I/O scheduler is called #', id);
}
