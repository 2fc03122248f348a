import { ok, type Result } from '../abi/errors.ts';
import type { MachineFrame } from '../abi/frame.ts';
import type { StepKind } from '../abi/protocol.ts';
import type { Ns } from '../abi/units.ts';
import type { Machine } from './round.ts';

const FIRST_LOOK_NS: Ns = 20e6;
/** Steps of one kind within a look: more than the densest batches give in 20 ms, and a bound on the work. */
const STEPS_MAX = 4000;

/** A place of one machine. */
export interface OwnPlace {
  readonly atNs: Ns;
  readonly eventsDone: number;
}

/**
 * The place one step before `here`. Time runs one way, so it is looked for: from a little earlier, step by step
 * until the next step would arrive at or beyond here; if none lies in between, from earlier still.
 */
export async function stepBack(machine: Machine, here: MachineFrame, kind: StepKind): Promise<Result<OwnPlace>> {
  if (kind === 'event') return ok({ atNs: here.nowNs, eventsDone: Math.max(0, here.eventsDone - 1) });
  for (let lookNs = FIRST_LOOK_NS; ; lookNs *= 4) {
    const fromNs = Math.max(0, here.nowNs - lookNs);
    const sought = await machine.seek(fromNs);
    if (!sought.ok) return sought;
    let found: OwnPlace | undefined;
    for (let steps = 0; steps < STEPS_MAX; steps++) {
      const stepped = await machine.step(kind);
      if (!stepped.ok) return stepped;
      const { nowNs, eventsDone } = stepped.value.frame;
      if (eventsDone >= here.eventsDone || nowNs > here.nowNs || stepped.value.stopped !== undefined) break;
      found = { atNs: nowNs, eventsDone };
    }
    if (found) return ok(found);
    if (fromNs === 0) return ok({ atNs: 0, eventsDone: 0 });
  }
}
