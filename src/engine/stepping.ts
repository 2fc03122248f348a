import type { StepKind, ThreadStep } from '../abi/protocol.ts';
import { TRACE_ID, type TracepointKey } from '../abi/tracepoints.ts';
import type { Pfn } from '../abi/units.ts';
import type { Watch } from './machine/instruments.ts';
import type { Kernel } from './machine/kernel.ts';
import type { Task } from './machine/task.ts';
import type { Thread } from './sim/kthread.ts';

/** Trace events, any of which ends a step of the kind. A stall begins with what the heat map counts it from. */
const ENDS: Readonly<Record<'batch' | 'io' | 'stall', readonly TracepointKey[]>> = {
  batch: ['lruIsolate', 'memcgIsolate'],
  io: ['blockRqComplete'],
  stall: ['directReclaimBegin', 'memcgReclaimBegin', 'balanceDirtyBegin'],
};

/** One step of a machine: asked after every event whether it is over. */
export interface Stepping {
  isOver(): boolean;
  /** Takes the machine's instruments away again. */
  end(): void;
}

/** Begins a step. `thread` is whose function is stepped through. */
export function beginStep(k: Kernel, kind: StepKind | ThreadStep, thread: number): Stepping {
  switch (kind) {
    case 'event':
      return stepEvent(k);
    case 'page':
      return new FineStep(k, (fine) => fine.pagesJudged > 0);
    case 'into':
    case 'over':
    case 'out':
      return stepThread(k, kind, k.sched.thread(thread));
    default: {
      const seen = () => ENDS[kind].reduce((sum, key) => sum + k.trace.counts[TRACE_ID[key]]!, 0);
      const before = seen();
      return { isOver: () => seen() > before, end: () => undefined };
    }
  }
}

/** The next event, or the rest of the one under way. A thread that goes on computing is none. */
function stepEvent(k: Kernel): Stepping {
  const before = k.sched.midway >= 0 ? -1 : k.sim.eventsDone;
  return { isOver: () => k.sim.eventsDone > before, end: () => undefined };
}

/** One named step of the thread; further, until its stack is as deep as it was; or until it is less deep. */
function stepThread(k: Kernel, kind: ThreadStep, thread: Thread): Stepping {
  const depth = thread.fns.length;
  const deepest = kind === 'into' ? Number.POSITIVE_INFINITY : kind === 'over' ? depth : depth - 1;
  return new FineStep(k, (_, t) => t === thread && t.fns.length <= deepest);
}

/** A step that may end within an event, between two steps of a thread. Meanwhile each page judged is a step of its own. */
class FineStep implements Stepping, Watch {
  pagesJudged = 0;
  private isReached = false;
  private readonly k: Kernel;
  /** What looked on before: a run in the lab has it. */
  private readonly other: Watch | undefined;

  constructor(k: Kernel, isThere: (fine: FineStep, t: Thread) => boolean) {
    this.k = k;
    this.other = k.watch;
    k.watch = this;
    k.sched.pause = (t) => {
      if (!isThere(this, t)) return false;
      this.isReached = true;
      return true;
    };
  }

  isOver(): boolean {
    return this.isReached;
  }

  end(): void {
    this.k.watch = this.other;
    this.k.sched.pause = undefined;
  }

  judging(k: Kernel, t: Task, pfn: Pfn): void {
    this.other?.judging(k, t, pfn);
  }

  judged(k: Kernel, t: Task, pfn: Pfn, verdict: number, firstPass: boolean): number {
    this.pagesJudged++;
    return this.other?.judged(k, t, pfn, verdict, firstPass) ?? verdict;
  }
}
