import { SAMPLED, type SampledCounter } from '../../abi/counters.ts';
import { SAMPLE_NS } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import type { SampleHistory } from '../../store/sample-history.ts';

export type Samples = Pick<SampleHistory, 'timeNs' | 'counters' | 'takenBy'>;

export const columnOf = (name: string): number => SAMPLED.findIndex((counter) => counter.name === name);

/** Over how much time a rate is taken: shorter, and a counter that grows in steps of 32 looks like noise. */
const RATE_NS: Ns = 500e6;

/** What may be shown of a counter: as it stands, or per second. */
export const canBeRate = ({ isGauge }: SampledCounter): boolean => !isGauge;

/** Value of a counter at a sample; as a rate: its growth over the last half second, per second. */
export function valueAt(samples: Samples, column: number, row: number, isRate: boolean): number {
  const { timeNs, counters } = samples;
  const value = counters[row]?.[column];
  if (value === undefined) return Number.NaN;
  if (!isRate || Number.isNaN(value)) return value;
  const atNs = timeNs[row]!;
  // The sample half a second ago, or the first there is; the machine starts at 0.
  const before = Math.max(0, samples.takenBy(atNs - RATE_NS) - 1);
  const spanNs = atNs - timeNs[before]!;
  return spanNs > 0 ? ((value - counters[before]![column]!) / spanNs) * 1e9 : 0;
}

/** The value at a time: of the last sample taken by then; NaN before the first and where none has been taken yet. */
export function readingAt(samples: Samples, column: number, atNs: Ns, isRate: boolean): number {
  const row = samples.takenBy(atNs) - 1;
  if (row < 0 || atNs - samples.timeNs[row]! > SAMPLE_NS) return Number.NaN;
  return valueAt(samples, column, row, isRate);
}
