import type { Divergence, Parting, PartingSide } from '../../abi/divergence.ts';
import { ok, type Result } from '../../abi/errors.ts';
import { formatEvent, TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import { MS, type Ns } from '../../abi/units.ts';
import { Engine } from '../engine.ts';
import type { Machine } from '../machine/machine.ts';
import { VM } from '../machine/vmstat.ts';
import { WAIT_NAMES } from '../machine/waits.ts';
import { doerOf, stackOf } from '../probe/doer.ts';
import { type Deed, EventLog } from '../probe/event-log.ts';
import { hashState } from '../sim/hash.ts';
import { SLEEPING } from '../sim/kthread.ts';
import type { LabJob } from './shared.ts';

const TICK_NS: Ns = 10 * MS;
/** First the runs are compared at times that far apart, then within the first stretch in which they part. */
const STRETCH_NS: Ns = 50 * TICK_NS;
const COUNTERS_MOST = 8;
const TRACE_LINES_MOST = 6;

interface Twin {
  readonly engine: Engine;
  readonly log: EventLog;
}

export const divergence: LabJob<'divergence'> = ({ scenario, untilNs }, { recording, report }) => {
  const boot = (machine: 'A' | 'B'): Result<Twin> => {
    const log = new EventLog();
    const booted = Engine.boot(scenario, machine, recording, true, log.instruments);
    return booted.ok ? ok({ engine: booted.value, log }) : booted;
  };
  const a = boot('A');
  const b = boot('B');
  if (!a.ok) return a;
  if (!b.ok) return b;
  return ok(search(a.value, b.value, untilNs, report));
};

function search(a: Twin, b: Twin, untilNs: Ns, report: (done: number) => void): Divergence {
  const unlike = unlikeParts(a.engine.kernel.m, b.engine.kernel.m);
  if (unlike.length > 0) return { unlike, untilNs };
  const stretch = lastAlike(a, b, 0, untilNs, STRETCH_NS, report);
  if (stretch === undefined) return { unlike, untilNs };
  const tick = lastAlike(a, b, stretch, Math.min(untilNs, stretch + STRETCH_NS), TICK_NS, () => {}) ?? stretch;
  return { unlike, untilNs, at: part(a, b, tick) };
}

/** The last time before the two differ, in steps from `fromNs`, at which they are; undefined: they never do. */
function lastAlike(
  a: Twin,
  b: Twin,
  fromNs: Ns,
  untilNs: Ns,
  stepNs: Ns,
  report: (done: number) => void,
): Ns | undefined {
  goTo(a, b, fromNs);
  for (let atNs = fromNs; atNs < untilNs; atNs += stepNs) {
    const nextNs = Math.min(untilNs, atNs + stepNs);
    a.engine.advance(nextNs);
    b.engine.advance(nextNs);
    if (!isAlike(a.engine, b.engine)) return atNs;
    if (a.engine.stopped !== undefined) return undefined;
    report(nextNs / untilNs);
  }
  return undefined;
}

function goTo(a: Twin, b: Twin, ns: Ns): void {
  for (const { engine } of [a, b]) if (engine.nowNs !== ns) engine.seek(ns);
}

/** Event by event from a time at which they are alike. */
function part(a: Twin, b: Twin, fromNs: Ns): Parting {
  goTo(a, b, fromNs);
  for (const { engine, log } of [a, b]) log.listen(engine.kernel);
  for (;;) {
    const before = a.engine.eventsDone;
    const emitted = [a, b].map(({ engine, log }) => {
      log.deeds = [];
      const { emitted } = engine.kernel.trace;
      engine.step('event');
      return emitted;
    });
    if (!isAlike(a.engine, b.engine)) return partingOf(a, b, before, emitted);
  }
}

/** What the kernels and knobs are is no difference; what they lead to is. */
function comparable({
  answers,
  config,
  sysctl,
  workload,
  ...state
}: Machine): Omit<Machine, 'answers' | 'config' | 'sysctl' | 'workload'> {
  return state;
}

function isAlike(a: Engine, b: Engine): boolean {
  if (a.nowNs !== b.nowNs || a.eventsDone !== b.eventsDone) return false;
  return hashState(comparable(a.kernel.m)) === hashState(comparable(b.kernel.m));
}

function unlikeParts(a: Machine, b: Machine): string[] {
  const [ours, theirs] = [comparable(a), comparable(b)] as Record<string, unknown>[];
  return Object.keys(ours!).filter((key) => hashState(ours![key]) !== hashState(theirs![key]));
}

function partingOf(a: Twin, b: Twin, eventsDone: number, emitted: readonly number[]): Parting {
  const length = Math.max(a.log.deeds.length, b.log.deeds.length);
  const at = Array.from({ length }, (_, row) => row).find((row) => !isSameDeed(a.log.deeds[row], b.log.deeds[row]));
  const deeds = [a, b].map(({ log }) => (at === undefined ? undefined : log.deeds[at]));
  const page = deeds[0]?.page ?? deeds[1]?.page;
  const times = deeds.flatMap((deed) => deed?.atNs ?? []);
  const counters = Object.entries(VM).map(([name, row]) => ({
    name,
    a: a.engine.kernel.vm[row]!,
    b: b.engine.kernel.vm[row]!,
  }));
  return {
    atNs: times.length > 0 ? Math.min(...times) : Math.min(a.engine.nowNs, b.engine.nowNs),
    eventsDone,
    A: sideOf(a, deeds[0], emitted[0]!),
    B: sideOf(b, deeds[1], emitted[1]!),
    ...(page === undefined ? {} : { page }),
    counters: counters.filter((one) => one.a !== one.b).slice(0, COUNTERS_MOST),
  };
}

function isSameDeed(a: Deed | undefined, b: Deed | undefined): boolean {
  return (
    a?.atNs === b?.atNs && a?.pfn === b?.pfn && a?.bits === b?.bits && a?.verdict === b?.verdict && a?.says === b?.says
  );
}

function sideOf({ engine }: Twin, deed: Deed | undefined, emittedBefore: number): PartingSide {
  const k = engine.kernel;
  const { trace } = k;
  const lines: string[] = [];
  for (let n = emittedBefore; n < trace.emitted && lines.length < TRACE_LINES_MOST; n++) {
    const row = n % trace.capacity;
    lines.push(formatEvent(TRACEPOINTS[TRACEPOINT_KEYS[trace.id[row]!]!], trace.argsOf(row)));
  }
  if (deed !== undefined) {
    const { by, fn, step, says, rule, stack } = deed;
    return { by, fn, step, did: says, rule, stack, trace: lines };
  }
  const t = k.sched.running;
  const top = t === undefined ? undefined : k.sched.table[t.fns.at(-1) ?? 0];
  const doing = t?.state === SLEEPING ? `sleeps on ${WAIT_NAMES[t.waitKind] ?? 'the CPU'}` : 'goes on';
  return {
    by: doerOf(k),
    fn: top === undefined ? '' : `${top.name}()`,
    step: top?.stepNames[t?.steps.at(-1) ?? 0] ?? '',
    did: t === undefined ? 'the disk is done' : doing,
    rule: '',
    stack: stackOf(k),
    trace: lines,
  };
}
