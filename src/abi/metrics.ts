import { DIRECT_METRICS } from './metrics-direct.ts';
import { DIRTY_METRICS } from './metrics-dirty.ts';
import { DISK_METRICS } from './metrics-disk.ts';
import { HUGE_METRICS } from './metrics-huge.ts';
import { KSWAPD_METRICS } from './metrics-kswapd.ts';
import { MEMCG_METRICS } from './metrics-memcg.ts';
import { RUN_METRICS } from './metrics-run.ts';

/**
 * Every metric of a run. The order is that of the results table and of MachineFrame.metrics.
 * The write rows of reclaim follow the series' script and miss range writes; written_by_* is the truth (P5.5).
 */
export const METRICS = [
  ...DIRECT_METRICS,
  ...KSWAPD_METRICS,
  ...MEMCG_METRICS,
  ...DIRTY_METRICS,
  ...DISK_METRICS,
  ...HUGE_METRICS,
  ...RUN_METRICS,
] as const;

export type MetricName = (typeof METRICS)[number]['name'];

/** Row of a metric in METRICS. */
export const METRIC_INDEX = Object.fromEntries(METRICS.map((metric, row) => [metric.name, row])) as Readonly<
  Record<MetricName, number>
>;
