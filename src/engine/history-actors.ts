import { ACTOR } from '../abi/actor.ts';
import { SAMPLE_NS } from '../abi/frame.ts';
import type { Kernel } from './machine/kernel.ts';
import { FLUSHER, type Task } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';
import { kswapdAwakeS, memcgKswapdAwakeS } from './metrics.ts';

/** Who was at work between two samples, told by counters that only grow and by who is at work now. */
export class ActorClock {
  private awakeS = 0;
  private directNs = 0;
  private memcgNs = 0;
  private flushersRanNs = 0;
  private kills = 0;
  private overflowed = 0;

  /** The next sample begins here. */
  from(k: Kernel): void {
    this.awakeS = awakeS(k);
    this.directNs = k.vm[VM.direct_stall_ns]!;
    this.memcgNs = k.vm[VM.memcg_stall_ns]!;
    this.flushersRanNs = flushersRanNs(k);
    this.kills = k.vm[VM.oom_kills]!;
    this.overflowed = k.vm[VM.stack_overflows]!;
  }

  oomKills(k: Kernel): number {
    return k.vm[VM.oom_kills]! - this.kills;
  }

  overflows(k: Kernel): number {
    return k.vm[VM.stack_overflows]! - this.overflowed;
  }

  /**
   * In the order of SAMPLE_ACTORS. A stall is counted when it ends, so one that goes on fills its sample; how long a
   * flusher had work is not counted at all: a sample in which it only ran and went to sleep again is half filled.
   */
  shares(k: Kernel, into: Float64Array): void {
    const { threads } = k.m.sim;
    const isIn = (actor: number) => threads.some((t) => (t as Task).reclaiming === actor);
    into[0] = Math.min(1, ((awakeS(k) - this.awakeS) * 1e9) / SAMPLE_NS);
    into[1] = isIn(ACTOR.DIRECT) ? 1 : Math.min(1, (k.vm[VM.direct_stall_ns]! - this.directNs) / SAMPLE_NS);
    into[2] = isIn(ACTOR.MEMCG) ? 1 : Math.min(1, (k.vm[VM.memcg_stall_ns]! - this.memcgNs) / SAMPLE_NS);
    into[3] = k.m.wbs.some((wb) => wb.running) ? 1 : flushersRanNs(k) > this.flushersRanNs ? 0.5 : 0;
  }
}

const awakeS = (k: Kernel): number => kswapdAwakeS(k) + memcgKswapdAwakeS(k);

function flushersRanNs(k: Kernel): number {
  let ranNs = 0;
  for (const thread of k.m.sim.threads) if (thread.kind === FLUSHER) ranNs += thread.ranNs;
  return ranNs;
}
