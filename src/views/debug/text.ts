import type { LiveFrame, MachineFrame, TaskFrame } from '../../abi/frame.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { Bytes } from '../../abi/units.ts';
import { group } from '../shared/format.ts';

/** To the nanosecond: steps within an event take no time at all. */
export function positionText(machine: MachineId, { nowNs, eventsDone, midway }: MachineFrame): string {
  const where =
    midway === undefined ? 'between two events' : `${group(midway)} ${midway === 1 ? 'step' : 'steps'} into it`;
  return `${machine} at ${(nowNs / 1e9).toFixed(9)} s, event ${group(eventsDone)}, ${where}`;
}

/** What a thread does now. */
export function stateText({ state, waitsFor, reclaim }: TaskFrame): string {
  const doing = reclaim === 'none' ? '' : `, in ${reclaim} reclaim`;
  if (state === 'dead') return 'dead';
  if (state === 'asleep') return `sleeps${waitsFor ? ` on ${waitsFor}` : ''}${doing}`;
  return `runs${doing}`;
}

export interface StackRow extends LiveFrame {
  /** Bytes from the outermost function up to and with this one. */
  readonly totalBytes: Bytes;
}

/** The stack as it is listed: innermost on top, each with how deep the stack is there. */
export function stackRows(stack: readonly LiveFrame[]): StackRow[] {
  let totalBytes = 0;
  return stack
    .toReversed()
    .map((frame) => {
      totalBytes += frame.bytes;
      return { ...frame, totalBytes };
    })
    .reverse();
}

/** "woken, 2 of 5"; empty where the function has no steps of its own. */
export function stepText({ step, nth, steps }: LiveFrame): string {
  return nth === undefined || steps === undefined ? step : `${step}, ${nth + 1} of ${steps}`;
}

/** Functions that can be stepped out of: all but the first, which a thread leaves only by ending. */
export const functionsOf = (stack: readonly LiveFrame[]): number => stack.filter(({ nth }) => nth !== undefined).length;
