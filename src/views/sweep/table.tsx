import type { SweepPlan } from './plan.ts';
import type { SweepRun } from './results.ts';
import { cellText, tablesOf } from './text.ts';

/** Median and spread per value. Without `onOpen` it is for the ear, behind the charts. */
export function SweepTable(props: {
  readonly plan: SweepPlan;
  readonly runs: readonly SweepRun[];
  readonly metrics: readonly string[];
  readonly onOpen?: (value: number) => void;
}) {
  const { plan, runs, metrics, onOpen } = props;
  const tables = tablesOf(plan, runs, metrics);
  return (
    <table className="sweep-table">
      <caption className="spoken">Median, smallest and largest of the seeds, per value of {plan.path}</caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {plan.path}
          </th>
          {tables.map(({ metric, label, unit }) => (
            <th key={metric} scope="colgroup" colSpan={3}>
              {label}
              {unit && `, ${unit}`}
            </th>
          ))}
        </tr>
        <tr>
          {tables.flatMap(({ metric }) =>
            ['A', 'B', 'B to A'].map((head) => (
              <th key={`${metric} ${head}`} scope="col">
                {head}
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {plan.values.map((value, index) => (
          <tr key={String(value)}>
            <th scope="row">
              {onOpen ? (
                <button type="button" className="metric" onClick={() => onOpen(index)} title="Open this run">
                  {String(value)}
                </button>
              ) : (
                String(value)
              )}
            </th>
            {tables.flatMap(({ metric, rows }) => {
              const row = rows[index];
              return [cellText(row?.a), cellText(row?.b), row?.change ?? ''].map((text, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: A, B and the change stand where they stand
                <td key={`${metric} ${column}`}>{text}</td>
              ));
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
