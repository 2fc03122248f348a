import type { Breakpoint, Hit } from '../abi/breakpoint.ts';
import { err, ok, type Result, type RunError } from '../abi/errors.ts';
import type { Advance, EngineApi, StepKind, ThreadStep } from '../abi/protocol.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import { MACHINES, type Twin } from './feed.ts';
import type { Place } from './place.ts';

/** What the store needs of a machine; the worker client is one. */
export interface Machine extends Omit<EngineApi, 'ping'> {
  close(): void;
  kill(): void;
}
export type Machines = Readonly<Record<MachineId, Machine>>;
export type StartMachine = (machine: MachineId, onLost: (error: RunError) => void) => Machine;
export type Keep = (machine: MachineId, advance: Advance) => void;

/** Asks both machines at once; the first that fails is the answer. */
export async function askBoth(
  ask: (machine: MachineId) => Promise<Result<Advance>>,
  keep: Keep,
): Promise<Result<Twin>> {
  const [a, b] = await Promise.all(
    MACHINES.map(async (machine) => {
      const result = await ask(machine);
      if (result.ok) keep(machine, result.value);
      return result;
    }),
  );
  if (!a?.ok) return a ?? err({ kind: 'worker-lost', machine: 'A', message: 'no answer' });
  if (!b?.ok) return b ?? err({ kind: 'worker-lost', machine: 'B', message: 'no answer' });
  return ok(twinOf(a.value, b.value));
}

export function twinOf(a: Advance, b: Advance): Twin {
  const stopped = {
    ...(a.stopped === undefined ? {} : { A: a.stopped }),
    ...(b.stopped === undefined ? {} : { B: b.stopped }),
  };
  return {
    atNs: Math.max(a.frame.nowNs, b.frame.nowNs),
    A: a.frame,
    B: b.frame,
    stopped,
    past: { A: a.past, B: b.past },
  };
}

/** A worker answers in slices: ask again until the time is reached. One call in flight per machine. */
export async function bringTo(
  machine: Machine,
  untilNs: Ns,
  keep: (advance: Advance) => void,
  whole = true,
  breakpoints?: readonly Breakpoint[],
): Promise<Result<Advance>> {
  for (;;) {
    const result = await machine.advance(untilNs, whole, breakpoints);
    if (!result.ok) return result;
    const { frame, stopped, hit } = result.value;
    if (frame.nowNs >= untilNs || stopped !== undefined || hit !== undefined) return result;
    keep(result.value);
  }
}

/** What a step is, and through the functions of which thread it goes, if of one. */
export interface Step {
  readonly kind: StepKind | ThreadStep;
  readonly thread?: number;
}
const ENDS_AN_INSTANT: readonly Step['kind'][] = ['batch', 'io', 'stall'];

/**
 * One step. A batch, a request or a stall ends a step with whatever else happens at that instant, so that the place is told
 * by its time alone; the others are allowed to stop in the middle.
 */
export async function stepOnce(
  machine: Machine,
  { kind, thread }: Step,
  keep: (advance: Advance) => void,
): Promise<Result<Advance>> {
  const stepped = await machine.step(kind, thread);
  if (!stepped.ok || !ENDS_AN_INSTANT.includes(kind) || stepped.value.stopped !== undefined) return stepped;
  keep(stepped.value);
  return bringTo(machine, stepped.value.frame.nowNs, keep);
}

/** Why a step that found nothing to stop at was given up, in a sentence; empty where it was not. */
export function gaveUpText({ kind, thread }: Step, { frame, gaveUpAfter }: Advance): string {
  if (gaveUpAfter === undefined) return '';
  const events = `the next ${gaveUpAfter.toLocaleString('en').replaceAll(',', '\u2009')} events`;
  const name = frame.tasks.find(({ id }) => id === thread)?.name ?? '';
  if (kind === 'into') return `${name} slept for ${events}: step again to look further.`;
  if (kind === 'over' || kind === 'out') return `${name} did not come back in ${events}: step again to look further.`;
  return `There was no ${kind} in ${events}: step again to look further.`;
}

/** Both machines at the same virtual time, however many slices either needs. */
export function bringBothTo(machines: Machines, untilNs: Ns, keep: Keep, whole = true): Promise<Result<Twin>> {
  return askBoth((id) => bringTo(machines[id], untilNs, (advance) => keep(id, advance), whole), keep);
}

/** Where both are, and the breakpoints by which one was stopped, or both at one time; none: nothing came up on the way. */
export interface Met {
  readonly twin: Twin;
  readonly hits: Readonly<Partial<Record<MachineId, Hit>>>;
}

/** As bringBothTo(), up to the earlier of the breakpoints that the two meet: the machine that is past it goes back there. */
export async function bringBothUntil(
  machines: Machines,
  untilNs: Ns,
  keep: Keep,
  whole: boolean,
  breakpoints?: readonly Breakpoint[],
): Promise<Result<Met>> {
  const last: Partial<Record<MachineId, Advance>> = {};
  const note: Keep = (id, advance) => {
    keep(id, advance);
    last[id] = advance;
  };
  const run = (id: MachineId) => bringTo(machines[id], untilNs, (advance) => keep(id, advance), whole, breakpoints);
  const there = await askBoth(run, note);
  if (!there.ok) return there;
  const atNs = Math.min(...MACHINES.map((id) => last[id]?.hit?.atNs ?? Number.POSITIVE_INFINITY));
  if (atNs === Number.POSITIVE_INFINITY) return ok({ twin: there.value, hits: {} });
  const hits: Partial<Record<MachineId, Hit>> = {};
  for (const id of MACHINES) {
    const hit = last[id]?.hit;
    if (hit?.atNs === atNs) {
      hits[id] = hit;
      continue;
    }
    const back = await machines[id].seek(atNs);
    if (!back.ok) return back;
    note(id, back.value);
  }
  return ok({ twin: last.A && last.B ? twinOf(last.A, last.B) : there.value, hits });
}

/** Both machines at a place where they have been before, by checkpoint. */
export async function seekBoth(machines: Machines, { atNs, eventsDone }: Place, keep: Keep): Promise<Result<Twin>> {
  const back = await askBoth((id) => machines[id].seek(atNs), keep);
  // Mostly all that happens at that time has been done. Only where a step stopped in its middle is it told by events.
  if (!back.ok || !eventsDone || MACHINES.every((id) => back.value[id].eventsDone === eventsDone[id])) return back;
  return askBoth((id) => machines[id].seek(atNs, eventsDone[id]), keep);
}

/** A value that does not fit is told and the run goes on; anything else ends it. */
export const isRefusal = ({ kind }: RunError): boolean =>
  kind !== 'engine-bug' && kind !== 'worker-lost' && kind !== 'out-of-memory';
