import { SAMPLED } from '../../abi/counters.ts';
import type { History } from '../../store/history.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { useApp } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import { canBeRate, columnOf, readingAt } from '../shared/sampled.ts';

const ROWS = 13;

interface TableProps {
  readonly history: History;
  readonly names: readonly string[];
  readonly range: TimeRange;
  readonly isRate: boolean;
}

/** The same in numbers, at a dozen times. */
export function CounterTable({ history, names, range, isRate }: TableProps) {
  const open = useApp((s) => s.openDefinition);
  const times = Array.from(
    { length: ROWS },
    (_, row) => range.fromNs + (row / (ROWS - 1)) * (range.toNs - range.fromNs),
  );
  const cell = (machine: 'A' | 'B', name: string, atNs: number) => {
    if (atNs > history.furthestNs) return '';
    const column = columnOf(name);
    const value = readingAt(history.samples[machine], column, atNs, isRate && canBeRate(SAMPLED[column]!));
    return Number.isNaN(value) ? '–' : group(value);
  };
  return (
    <div className="counter-table">
      <table data-testid="counter-table">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              s
            </th>
            {names.map((name) => (
              <th key={name} scope="colgroup" colSpan={2}>
                <button type="button" className="metric" onClick={() => open(name)}>
                  {name}
                  {isRate && canBeRate(SAMPLED[columnOf(name)]!) ? ' /s' : ''}
                </button>
              </th>
            ))}
          </tr>
          <tr>
            {names.flatMap((name) =>
              ['A', 'B'].map((id) => (
                <th key={`${name} ${id}`} scope="col">
                  {id}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {times.map((atNs) => (
            <tr key={atNs}>
              <th scope="row">{(atNs / 1e9).toFixed(2)}</th>
              {names.flatMap((name) =>
                (['A', 'B'] as const).map((id) => <td key={`${name} ${id}`}>{cell(id, name, atNs)}</td>),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
