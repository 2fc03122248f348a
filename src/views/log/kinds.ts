import { TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import { MACHINES } from '../../store/feed.ts';
import type { TracedSlice } from '../../store/traced.ts';
import { group } from '../shared/format.ts';

/** A kind of event that can be ticked. */
export interface Kind {
  readonly name: string;
  /** What it tells, where a simulated kernel has it too. */
  readonly doc: string;
  /** "A 9 181, B 12": how often it is in the traces; empty: in none. */
  readonly counts: string;
}

const DOCS: ReadonlyMap<string, string> = new Map(
  TRACEPOINT_KEYS.map((key) => [TRACEPOINTS[key].name, TRACEPOINTS[key].doc]),
);

/** All tracepoints, as long as a simulated kernel is there; before them what the traces have, the most frequent first. */
export function kindsOf(traced: TracedSlice['traced']): readonly Kind[] {
  const counts = new Map<string, string[]>();
  for (const machine of MACHINES)
    for (const { label, value } of traced[machine]?.events ?? [])
      counts.set(label, [...(counts.get(label) ?? []), `${machine} ${group(Number(value))}`]);
  const isSimulated = MACHINES.some((machine) => traced[machine] === undefined);
  const names = new Set([...counts.keys(), ...(isSimulated ? DOCS.keys() : [])]);
  return [...names].map((name) => ({
    name,
    doc: DOCS.get(name) ?? '',
    counts: counts.get(name)?.join(', ') ?? '',
  }));
}

/** The tracepoints of these names, as rows of TRACEPOINT_KEYS. */
export const idsOf = (names: readonly string[]): readonly number[] =>
  TRACEPOINT_KEYS.flatMap((key, id) => (names.includes(TRACEPOINTS[key].name) ? [id] : []));
