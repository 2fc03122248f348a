import type { MachineId, Scenario } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';
import type { Twin } from './feed.ts';

/** A place in a run: virtual time, and how many events each machine had done by then. */
export interface Place {
  readonly atNs: Ns;
  readonly eventsDone?: Readonly<Record<MachineId, number>>;
}

export const eventsOf = ({ A, B }: Twin): Record<MachineId, number> => ({ A: A.eventsDone, B: B.eventsDone });

/** Where a scene opens. */
export const openingOf = ({ openAtS = 0 }: Scenario): Place => ({ atNs: Math.round(openAtS * S) });
