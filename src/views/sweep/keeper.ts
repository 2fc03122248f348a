import { describeError } from '../../abi/errors.ts';
import type { Lab } from '../../abi/lab.ts';
import type { Recording } from '../../abi/recording.ts';
import { jobsOf, type SweepJob, type SweepPlan, scenarioOf } from './plan.ts';
import type { SweepRun } from './results.ts';

export interface SweepState {
  readonly plan: SweepPlan | undefined;
  readonly runs: readonly SweepRun[];
  readonly total: number;
  /** Share of the work that is done, 0…1: runs under way count in part. */
  readonly done: number;
  readonly isRunning: boolean;
  /** Why runs were refused, the first of them. */
  readonly refusal: string;
}

const EMPTY: SweepState = { plan: undefined, runs: [], total: 0, done: 0, isRunning: false, refusal: '' };

/** A sweep goes on while its view is closed: it lives here, as long as the page. */
export class SweepKeeper {
  private state = EMPTY;
  private stop: AbortController | undefined;
  private readonly listeners = new Set<() => void>();

  readonly get = (): SweepState => this.state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Resolves when the last run is done, or the sweep was stopped. */
  async start(lab: Lab, plan: SweepPlan, recording: Recording | undefined): Promise<void> {
    this.cancel();
    const stop = new AbortController();
    this.stop = stop;
    const jobs = jobsOf(plan);
    this.set({ ...EMPTY, plan, total: jobs.length, isRunning: true });
    const under = new Map<SweepJob, number>();
    let next = 0;
    const work = async () => {
      for (let job = jobs[next++]; job && !stop.signal.aborted; job = jobs[next++]) {
        const current = job;
        const onProgress = (done: number) => {
          under.set(current, done);
          if (this.stop === stop) this.tell(under);
        };
        const ask = { scenario: scenarioOf(plan, job.value, job.seed), machine: job.machine, untilNs: plan.untilNs };
        const answer = await lab.run('outcome', ask, { recording, onProgress, signal: stop.signal });
        under.delete(current);
        if (stop.signal.aborted) return;
        const outcome = answer.ok ? answer.value : undefined;
        const refusal = answer.ok ? this.state.refusal : this.state.refusal || describeError(answer.error);
        this.set({ ...this.state, runs: [...this.state.runs, { ...current, outcome }], refusal });
        this.tell(under);
      }
    };
    // One place at the bench stays free for questions that a person waits for.
    const hands = Math.max(1, lab.workers - 1);
    await Promise.all(Array.from({ length: hands }, work));
    if (this.stop === stop) this.set({ ...this.state, isRunning: false });
  }

  /** What is done stays. */
  cancel(): void {
    this.stop?.abort();
    this.stop = undefined;
    if (this.state.isRunning) this.set({ ...this.state, isRunning: false });
  }

  private tell(under: ReadonlyMap<SweepJob, number>): void {
    let parts = 0;
    for (const part of under.values()) parts += part;
    this.set({ ...this.state, done: (this.state.runs.length + parts) / Math.max(1, this.state.total) });
  }

  private set(state: SweepState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

const keepers = new WeakMap<Lab, SweepKeeper>();

/** The page's sweep. */
export function keeperOf(lab: Lab): SweepKeeper {
  const keeper = keepers.get(lab) ?? new SweepKeeper();
  keepers.set(lab, keeper);
  return keeper;
}
