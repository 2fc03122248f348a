import type { TracedGap } from '../../abi/traced.ts';
import type { PlayRows } from './rows.ts';

/** Lost events as stretches of time, from the last event before them to the first after; of one CPU, where the kernel said so. */
export function gapsOf({ table, atNs, count, durationNs }: PlayRows): TracedGap[] {
  const neighbour = (from: number, step: number, cpu: number): number | undefined => {
    for (let row = from; row >= 0 && row < count; row += step) if (cpu < 0 || table.cpu[row] === cpu) return atNs[row]!;
    return undefined;
  };
  return table.gaps.map(({ beforeRow, cpu, events }) => ({
    fromNs: neighbour(beforeRow - 1, -1, cpu) ?? 0,
    toNs: neighbour(beforeRow, 1, cpu) ?? durationNs,
    cpu,
    events,
  }));
}
