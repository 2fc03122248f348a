import { MS, type Ns } from '../abi/units.ts';
import type { Machine } from './machine/machine.ts';
import { copyState, stateBytes } from './sim/checkpoint.ts';

const FIRST_SPACING_NS = 250 * MS;
const BUDGET_BYTES = 192 * 1024 * 1024;

interface Checkpoint {
  readonly atNs: Ns;
  readonly machine: Machine;
  /** Events the recorder had emitted, in all and per tracepoint. */
  readonly emitted: number;
  readonly counts: Float64Array;
}

/**
 * Checkpoints evenly spaced in virtual time. When the budget is full every second one is dropped and the spacing doubles, so
 * a seek costs the same anywhere in the run (design.md, Time).
 */
export class Timeline {
  spacingNs: Ns = FIRST_SPACING_NS;
  private checkpoints: Checkpoint[] = [];
  /** Machines of dropped checkpoints: their buffers are copied into again. */
  private spares: Machine[] = [];
  private readonly most: number;

  constructor(machine: Machine) {
    this.most = Math.max(4, Math.floor(BUDGET_BYTES / stateBytes(machine)));
  }

  /** When the next checkpoint is due. */
  get nextNs(): Ns {
    const last = this.checkpoints.at(-1);
    return last === undefined ? 0 : last.atNs + this.spacingNs;
  }

  add(machine: Machine, emitted: number, counts: Float64Array): void {
    if (this.checkpoints.length >= this.most) this.thin();
    const atNs = machine.sim.nowNs;
    if (atNs < this.nextNs) return;
    this.checkpoints.push({ atNs, machine: copyState(machine, this.spares.pop()), emitted, counts: counts.slice() });
  }

  /** The latest checkpoint not after a place in the run. */
  before(toNs: Ns, eventsDone: number): Checkpoint | undefined {
    return this.checkpoints.findLast(({ atNs, machine }) => atNs <= toNs && machine.sim.eventsDone <= eventsDone);
  }

  /** Forks: what lies after `ns` did not happen. */
  cutAfter(ns: Ns): void {
    this.checkpoints = this.checkpoints.filter(({ atNs }) => atNs <= ns);
  }

  private thin(): void {
    this.spacingNs *= 2;
    const kept = this.checkpoints.filter(({ atNs }) => atNs % this.spacingNs === 0);
    this.spares = this.checkpoints.filter((checkpoint) => !kept.includes(checkpoint)).map(({ machine }) => machine);
    this.checkpoints = kept;
  }
}
