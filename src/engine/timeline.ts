import type { PastFrame } from '../abi/frame.ts';
import { type Bytes, MS, type Ns } from '../abi/units.ts';
import type { OpenPast } from './history.ts';
import type { Machine } from './machine/machine.ts';
import { stateBytes } from './sim/checkpoint.ts';
import { fromSnapshot, ownBytes, type Snapshot, takeSnapshot } from './sim/snapshot.ts';
import type { TraceMark } from './trace/recorder.ts';

const MIB = 1024 * 1024;
const BUDGET_BYTES = 192 * MIB;

/** At first; a big machine takes longer to look through, so that fewer checkpoints slow its run by less. */
const SPACING_NS = 500 * MS;
const SPACING_NS_MOST = 1000 * MS;
const BYTES_AT_SPACING = 8 * MIB;

function firstSpacingNs(machine: Machine): Ns {
  const bytes = stateBytes(machine);
  let times = 1;
  while (times * SPACING_NS < SPACING_NS_MOST && times * BYTES_AT_SPACING < bytes) times *= 2;
  return times * SPACING_NS;
}

interface Checkpoint {
  readonly atNs: Ns;
  readonly eventsDone: number;
  readonly snapshot: Snapshot;
  /** Bytes that the checkpoint before it does not hold as well. */
  readonly bytes: Bytes;
  readonly margin: Margin;
}

/** What stands beside the record and has to move with it: how far the recorder was, and what had begun and not ended. */
export interface Margin {
  readonly trace: TraceMark;
  readonly open: OpenPast;
}

/**
 * Checkpoints evenly spaced in virtual time. When the budget is full every second one is dropped, the oldest first and one
 * for each that comes, and once all are the spacing has doubled: a seek costs about the same anywhere in the run
 * (design.md, Time), and a long run's memory stays level.
 */
export class Timeline {
  private spacingNs: Ns;
  private checkpoints: Checkpoint[] = [];
  private bytes: Bytes = 0;
  private readonly budgetBytes: Bytes;

  constructor(machine: Machine, budgetBytes = BUDGET_BYTES) {
    this.spacingNs = firstSpacingNs(machine);
    this.budgetBytes = budgetBytes;
  }

  /** When the next checkpoint is due. */
  get nextNs(): Ns {
    const last = this.checkpoints.at(-1);
    return last === undefined ? 0 : (Math.floor(last.atNs / this.spacingNs) + 1) * this.spacingNs;
  }

  /** What the past costs in memory. */
  get past(): PastFrame {
    const { bytes, budgetBytes, spacingNs, checkpoints } = this;
    return { checkpoints: checkpoints.length, checkpointBytes: bytes, budgetBytes, spacingNs, horizonNs: 0 };
  }

  add(machine: Machine, margin: Margin): void {
    const before = this.checkpoints.at(-1)?.snapshot;
    const snapshot = takeSnapshot(machine, before);
    const { nowNs: atNs, eventsDone } = machine.sim;
    const bytes = ownBytes(snapshot, before);
    this.checkpoints.push({ atNs, eventsDone, snapshot, bytes, margin });
    this.bytes += bytes;
    while (this.bytes > this.budgetBytes && this.checkpoints.length > 2) this.thin();
  }

  /** The latest checkpoint not after a place in the run. */
  before(toNs: Ns, eventsDone: number): Checkpoint | undefined {
    return this.checkpoints.findLast((checkpoint) => checkpoint.atNs <= toNs && checkpoint.eventsDone <= eventsDone);
  }

  /** Forks: what lies after `ns` did not happen. */
  cutAfter(ns: Ns): void {
    this.keep(({ atNs }) => atNs <= ns);
  }

  private thin(): void {
    const odd = this.checkpoints.findIndex(({ atNs }) => atNs % (2 * this.spacingNs) !== 0);
    // The newest stays: the next one follows from it.
    if (odd < 0 || odd === this.checkpoints.length - 1) this.spacingNs *= 2;
    else this.drop(odd);
  }

  /** What only the dropped one and its neighbours share is counted with the one after it from now on. */
  private drop(at: number): void {
    const [dropped] = this.checkpoints.splice(at, 1);
    const next = this.checkpoints[at];
    const bytes = next === undefined ? 0 : ownBytes(next.snapshot, this.checkpoints[at - 1]?.snapshot);
    this.bytes += bytes - (next?.bytes ?? 0) - dropped!.bytes;
    if (next) this.checkpoints[at] = { ...next, bytes };
  }

  private keep(isKept: (checkpoint: Checkpoint) => boolean): void {
    let before: Snapshot | undefined;
    this.checkpoints = this.checkpoints.filter(isKept).map((checkpoint) => {
      const bytes = ownBytes(checkpoint.snapshot, before);
      before = checkpoint.snapshot;
      return { ...checkpoint, bytes };
    });
    this.bytes = this.checkpoints.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** The machine of a checkpoint, in the buffers of one that is no longer wanted. */
export function machineOf({ snapshot }: Checkpoint, spare: Machine): Machine {
  return fromSnapshot(snapshot, spare);
}
