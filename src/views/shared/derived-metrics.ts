import { VMSTAT_ROWS, type VmstatRow } from '../../abi/counters.ts';
import type { DerivedMetric } from '../../abi/derived-metric.ts';
import type { MachineFrame } from '../../abi/frame.ts';
import type { Metric } from '../../abi/metric.ts';
import { METRICS } from '../../abi/metrics.ts';
import { MMTESTS } from '../../abi/mmtests.ts';
import type { SeekDefinition } from '../../store/layout.ts';

/** The row of "Seeks per MiB" under each definition. */
export const SEEKS_PER_MIB: Readonly<Record<SeekDefinition, string>> = {
  any: 'seeks_any_per_mib',
  over_128: 'seeks_per_mib',
  over_800: 'seeks_over_800_per_mib',
  btt: 'seeks_btt_per_mib',
};

interface Counted {
  readonly metrics: MachineFrame['metrics'];
  readonly memory: Pick<MachineFrame['memory'], 'pageBytes'>;
}

const MIB_BYTES = 1048576;

function seeksPerMib(name: string, counter: string, which: string): DerivedMetric {
  return {
    name,
    label: 'Seeks per MiB written',
    unit: '',
    definition: `${counter} (${which}) per MiB of pages_written.`,
    of: (get, pageBytes) => ratio(get(counter), (get('pages_written') * pageBytes) / MIB_BYTES),
  };
}

const ratio = (above: number, below: number): number => (below > 0 ? above / below : Number.NaN);

export const DERIVED: readonly DerivedMetric[] = [
  {
    name: 'requests_per_page',
    label: 'Requests per page',
    unit: '',
    definition:
      'Disk requests per page that reclaim wrote: (write_requests_by_kswapd + write_requests_by_direct) / (written_by_kswapd + written_by_direct). 1 means that every page cost a request of its own.',
    of: (get) =>
      ratio(
        get('write_requests_by_kswapd') + get('write_requests_by_direct'),
        get('written_by_kswapd') + get('written_by_direct'),
      ),
  },
  {
    name: 'written_by_reclaim',
    label: 'Written by reclaim',
    unit: 'pages',
    definition: 'Pages that reclaim sent to disk: written_by_kswapd + written_by_direct + written_by_memcg.',
    of: (get) => get('written_by_kswapd') + get('written_by_direct') + (get('written_by_memcg') || 0),
  },
  seeksPerMib('seeks_any_per_mib', 'disk_seeks_any', 'moves of any length, as btt -a counts'),
  seeksPerMib('seeks_per_mib', 'disk_seeks_over_128', 'moves of more than 128 sectors, as seekwatcher counts'),
  seeksPerMib(
    'seeks_over_800_per_mib',
    'disk_seeks_over_800',
    'moves of more than 800 sectors, as CFQ takes for seeky',
  ),
  seeksPerMib('seeks_btt_per_mib', 'disk_seeks_btt', 'moves from edge to edge, as btt counts by default'),
  ...MMTESTS,
  {
    name: 'disk_busy_pct',
    label: 'Disk busy',
    unit: '%',
    definition: 'disk_busy_s as a share of elapsed_s.',
    of: (get) => 100 * ratio(get('disk_busy_s'), get('elapsed_s')),
  },
];

const rows: ReadonlyMap<string, number> = new Map(METRICS.map((metric, index) => [metric.name, index]));

/** The value of a metric or a derived number in a frame; NaN where the run cannot have it. */
export function metricValue(machine: Counted, name: string): number {
  const derived = DERIVED.find((one) => one.name === name);
  if (derived) return derived.of((other) => metricValue(machine, other), machine.memory.pageBytes);
  const index = rows.get(name);
  return index === undefined ? Number.NaN : (machine.metrics[index] ?? Number.NaN);
}

type Described = Metric | DerivedMetric | VmstatRow;

export const describeMetric = (name: string): Described | undefined =>
  [...DERIVED, ...METRICS, ...VMSTAT_ROWS].find((one) => one.name === name);

/** The numbers that a derived one is made from: those its formula names. Each has a definition of its own. */
export const partsOf = ({ name, definition }: Pick<Metric, 'name' | 'definition'>): readonly Described[] =>
  [...new Set(definition.match(/\w+/g))].flatMap((word) => (word === name ? [] : (describeMetric(word) ?? [])));
