import type { Breakpoint } from '../abi/breakpoint.ts';
import { err, ok, type Result, type RunError } from '../abi/errors.ts';
import type { EventAsk } from '../abi/events.ts';
import type { Look, Spot } from '../abi/look.ts';
import type { Advance, StepKind, ThreadStep } from '../abi/protocol.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario, TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { Machine, StartMachine } from './round.ts';
import type { TracedMachine, TracedMachines } from './traced-machines.ts';

const NOTHING = err({ kind: 'bad-input', where: 'machine', message: 'nothing is loaded' });

/** One side of the screen: a simulated machine, or a trace of a real kernel. Which of the two, the scenario says. */
export class Side implements Machine {
  private readonly machine: MachineId;
  private readonly startEngine: StartMachine;
  private readonly traces: TracedMachines;
  private readonly onLost: (error: RunError) => void;
  private simulated: Machine | undefined;
  private trace: TracedMachine | undefined;

  constructor(
    machine: MachineId,
    startEngine: StartMachine,
    traces: TracedMachines,
    onLost: (error: RunError) => void,
  ) {
    this.machine = machine;
    this.startEngine = startEngine;
    this.traces = traces;
    this.onLost = onLost;
  }

  /** Kernels and knobs: a trace has none, so a simulated machine is asked whatever plays. */
  describe() {
    return this.engine().describe();
  }

  async load(scenario: Scenario, machine: MachineId, recording?: Recording): Promise<Result<Advance>> {
    const ref = scenario.traces?.[machine];
    const next = ref ? await this.traces.machineFor(machine, ref, this.onLost) : ok(undefined);
    if (!next.ok) return next;
    // Only now is nothing in flight any more.
    if (this.trace && this.trace !== next.value) this.traces.end(this.trace);
    this.trace = next.value;
    return (this.trace ?? this.engine()).load(scenario, machine, recording);
  }

  advance(untilNs: Ns, whole: boolean, breakpoints?: readonly Breakpoint[]) {
    return this.ask((it) => it.advance(untilNs, whole, breakpoints));
  }
  step(kind: StepKind | ThreadStep, thread?: number) {
    return this.ask((it) => it.step(kind, thread));
  }
  seek(toNs: Ns, eventsDone?: number) {
    return this.ask((it) => it.seek(toNs, eventsDone));
  }
  input(input: TimedInput) {
    return this.ask((it) => it.input(input));
  }
  replaceInputs(inputs: readonly TimedInput[], fromNs: Ns) {
    return this.ask((it) => it.replaceInputs(inputs, fromNs));
  }
  look(look: Look) {
    return this.ask((it) => it.look(look));
  }
  pageAt(spot: Spot) {
    return this.ask((it) => it.pageAt(spot));
  }
  findEvents(ask: EventAsk) {
    return this.ask((it) => it.findEvents(ask));
  }
  hash() {
    return this.ask((it) => it.hash());
  }

  close(): void {
    this.simulated?.close();
    if (this.trace) this.traces.end(this.trace);
  }

  kill(): void {
    (this.trace ?? this.simulated)?.kill();
  }

  private ask<T>(call: (machine: Machine) => Promise<Result<T>>): Promise<Result<T>> {
    const now = this.trace ?? this.simulated;
    return now ? call(now) : Promise.resolve(NOTHING);
  }

  private engine(): Machine {
    this.simulated ??= this.startEngine(this.machine, this.onLost);
    return this.simulated;
  }
}
