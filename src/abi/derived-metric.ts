import type { Metric } from './metric.ts';
import type { Bytes } from './units.ts';

/** A number made from others, so that the table can say in one line what the argument is about. */
export interface DerivedMetric extends Pick<Metric, 'name' | 'label' | 'unit' | 'definition'> {
  readonly of: (get: (name: string) => number, pageBytes: Bytes) => number;
}
