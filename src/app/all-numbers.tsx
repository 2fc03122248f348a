import { METRICS } from '../abi/metrics.ts';
import { useApp, useTwin } from '../views/shared/app-context.ts';
import { group, short } from '../views/shared/format.ts';

const shown = (value: number): string => (Number.isInteger(value) ? group(value) : short(value));

/** Every number that this run has, by the name that the command line and the exports use. */
export function AllNumbers() {
  const twin = useTwin(500);
  const open = useApp((s) => s.openDefinition);
  if (!twin) return null;
  const { A, B } = twin;
  const present = METRICS.map((metric, row) => ({
    metric,
    a: A.metrics[row] ?? Number.NaN,
    b: B.metrics[row] ?? Number.NaN,
  }));
  return (
    <table className="all-table">
      <thead>
        <tr>
          <th scope="col">name</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          <th scope="col">unit</th>
        </tr>
      </thead>
      <tbody>
        {present
          .filter(({ a, b }) => !(Number.isNaN(a) && Number.isNaN(b)))
          .map(({ metric, a, b }) => (
            <tr key={metric.name}>
              <th scope="row">
                <button type="button" className="metric" data-metric={metric.name} onClick={() => open(metric.name)}>
                  {metric.name}
                </button>
              </th>
              <td>{shown(a)}</td>
              <td>{shown(b)}</td>
              <td>{metric.unit}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
