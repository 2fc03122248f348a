import type { Result } from '../abi/errors.ts';
import type { MachineFrame } from '../abi/frame.ts';
import type { Advance } from '../abi/protocol.ts';
import type { Ns } from '../abi/units.ts';
import { type Machine, type Step, stepOnce } from './round.ts';

/** How far back to look first: events and what lies within them are dense, the others a few milliseconds apart. */
const FIRST_LOOK_NS: Readonly<Record<Step['kind'], Ns>> = {
  ...{ event: 2e6, into: 2e6, over: 2e6, out: 2e6 },
  ...{ page: 1e6, batch: 20e6, io: 20e6, stall: 20e6 },
};
/** What happened on the way is known: it was the past before. */
const ignore = () => undefined;
/** A bound on the work of one look. */
const STEPS_MAX = 4000;

/**
 * Brings the machine to one step before `here`. Time runs one way, so that place is looked for: from a little earlier,
 * step by step until the next one would arrive here or beyond, and then once more with one step less. If not even one
 * step lies in between, from earlier still; before the first step lies the start.
 */
export async function stepBack(machine: Machine, here: MachineFrame, step: Step): Promise<Result<Advance>> {
  for (let lookNs = FIRST_LOOK_NS[step.kind]; ; lookNs *= 4) {
    const fromNs = Math.max(0, here.nowNs - lookNs);
    const steps = await stepsBetween(machine, fromNs, here, step);
    if (!steps.ok) return steps;
    if (steps.value === 0 && fromNs > 0) continue;
    let at = await machine.seek(fromNs);
    for (let done = 0; done < steps.value && at.ok; done++) at = await stepOnce(machine, step, ignore);
    return at;
  }
}

/** How many steps from `fromNs` end before `here`. */
async function stepsBetween(machine: Machine, fromNs: Ns, here: MachineFrame, step: Step): Promise<Result<number>> {
  const sought = await machine.seek(fromNs);
  if (!sought.ok) return sought;
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const stepped = await stepOnce(machine, step, ignore);
    if (!stepped.ok) return stepped;
    if (!isBefore(stepped.value.frame, here) || stepped.value.stopped !== undefined) return { ok: true, value: steps };
  }
  // Too dense to count from there: it would take longer than anyone holds a key.
  return { ok: true, value: STEPS_MAX };
}

/** An event under way lies before its end. */
function isBefore(one: MachineFrame, other: MachineFrame): boolean {
  if (one.nowNs !== other.nowNs) return one.nowNs < other.nowNs;
  if (one.eventsDone !== other.eventsDone) return one.eventsDone < other.eventsDone;
  return (one.midway ?? Number.POSITIVE_INFINITY) < (other.midway ?? Number.POSITIVE_INFINITY);
}
