import { SAMPLED } from '../../abi/counters.ts';
import type { Ns } from '../../abi/units.ts';
import type { History } from '../../store/history.ts';
import { short } from '../shared/format.ts';
import { canBeRate, columnOf, readingAt } from '../shared/sampled.ts';

/** Both machines' values at a time: "A 1 204  B 311". */
export function readings({ samples }: History, name: string, atNs: Ns, isRate: boolean): string {
  const column = columnOf(name);
  const rate = isRate && canBeRate(SAMPLED[column]!);
  return (['A', 'B'] as const)
    .map((id) => {
      const value = readingAt(samples[id], column, atNs, rate);
      return `${id} ${Number.isNaN(value) ? '–' : short(Math.round(value))}`;
    })
    .join('  ');
}
