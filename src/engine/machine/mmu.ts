import { ACCESS, type Recording } from '../../abi/recording.ts';
import type { Bytes, Pages } from '../../abi/units.ts';
import { TOUCH_NS } from './costs.ts';
import type { Kernel } from './kernel.ts';
import { noteTouch } from './memcg.ts';
import type { Space } from './space.ts';
import type { Task } from './task.ts';

// What the hardware does without the kernel.

/**
 * The loads and stores of a trace of one file in a column, a word each: made once, beside the machine, since a touch that
 * hits costs no more than reading its row (from byte positions as doubles: twice as much).
 */
export type Touches = Int32Array;

export function packTouches({ pos, what }: Recording, pageBytes: Bytes): Touches {
  const touches = new Int32Array(pos.length);
  for (let row = 0; row < pos.length; row++)
    touches[row] = Math.floor(pos[row]! / pageBytes) * 2 + (what[row] === ACCESS.FAULT_WRITE ? 1 : 0);
  return touches;
}
export function pageOfTouch(touch: number): Pages {
  return touch >> 1;
}
export function isStore(touch: number): boolean {
  return (touch & 1) !== 0;
}

/** Touches per call of the loop: one call of ten million is compiled half as well as many. */
const BATCH = 4096;

/**
 * Touches rows of a trace from `row` on while the pages are mapped and nothing else is due. Stops before the first touch
 * that faults, with its CPU time in t.cpuDebtNs, or when an event is due. Answers the row it stopped before.
 */
export function touchRun(k: Kernel, t: Task, space: Space, touches: Touches, row: number): number {
  const budgetNs = Math.min(k.sched.nextDueNs(), k.sched.horizonNs) - k.sim.nowNs - t.cpuDebtNs;
  const last = Math.min(touches.length, row + Math.max(1, Math.floor(budgetNs / TOUCH_NS)));
  let at = row;
  for (let end = row; at === end && at < last; ) {
    end = Math.min(last, at + BATCH);
    at = k.pages.touchMappedRun(space.pageOf, touches, at, end);
  }
  t.cpuDebtNs += (at - row) * TOUCH_NS;
  noteTouch(k, t, at - row);
  return at;
}
