import type { Ns } from '../../abi/units.ts';

/** Rounds of stress-highalloc. */
export const PASS_1 = 0;
export const PASS_2 = 1;
export const AT_REST = 2;

/** What a test that allocates huge pages has got so far; empty on machines without one. */
export interface HugePages {
  /** Per round. */
  readonly attempts: [number, number, number];
  readonly obtained: [number, number, number];
  /** Of every attempt, in their order. */
  readonly latencyNs: Ns[];
  held: number;
  firstNs: Ns;
  lastNs: Ns;
}

export function createHugePages(): HugePages {
  return { attempts: [0, 0, 0], obtained: [0, 0, 0], latencyNs: [], held: 0, firstNs: 0, lastNs: 0 };
}

/** The attempt that began at `beganNs` is over. */
export function noteAttempt(huge: HugePages, round: number, beganNs: Ns, nowNs: Ns, succeeded: boolean): void {
  if (huge.latencyNs.length === 0) huge.firstNs = beganNs;
  huge.latencyNs.push(nowNs - beganNs);
  huge.lastNs = nowNs;
  huge.attempts[round]!++;
  if (succeeded) {
    huge.obtained[round]!++;
    huge.held++;
  }
}

/** Nearest-rank percentile of the latencies; NaN while there are none. */
export function latencyPercentileNs(huge: HugePages, percent: number): Ns {
  const sorted = Float64Array.from(huge.latencyNs).sort();
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}
