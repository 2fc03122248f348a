import { useApp, useTwin } from '../shared/app-context.ts';
import { describeMetric, metricValue } from '../shared/derived-metrics.ts';
import { seconds } from '../shared/format.ts';
import { ROWS } from './rows.ts';
import { type Row, rowOf } from './text.ts';

/** Slow enough to be read, fast enough to be seen moving. */
const EVERY_MS = 250;

function NumberRow({ row, onOpen }: { readonly row: Row; readonly onOpen: (name: string) => void }) {
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="metric"
          data-metric={row.name}
          onClick={() => onOpen(row.name)}
          title={`What is ${row.name}?`}
        >
          {row.label}
        </button>
      </th>
      <td>{row.a}</td>
      <td>{row.b}</td>
      <td className="delta">
        <span aria-hidden="true">{row.delta}</span>
        <span className="spoken">{row.deltaWords}</span>
      </td>
    </tr>
  );
}

/** A, B and the way from A to B. A click on a number's name opens what it counts and where it comes from. */
export function NumbersView() {
  const twin = useTwin(EVERY_MS);
  const open = useApp((s) => s.openDefinition);
  const groups = ROWS.map((group) =>
    group.flatMap(({ name, label }) => {
      if (!twin) return [];
      const row = rowOf(
        name,
        label,
        describeMetric(name)?.unit ?? '',
        metricValue(twin.A, name),
        metricValue(twin.B, name),
      );
      return row ? [row] : [];
    }),
  ).filter((group) => group.length > 0);
  return (
    <section className="numbers" aria-label="Numbers">
      <h2>
        Numbers <small>after {seconds(twin?.atNs ?? 0)} s</small>
      </h2>
      <table data-testid="numbers">
        <thead>
          <tr>
            <td />
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">B to A</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group[0]?.name}>
            {group.map((row) => (
              <NumberRow key={row.name} row={row} onOpen={open} />
            ))}
          </tbody>
        ))}
      </table>
      <button type="button" className="all-numbers" onClick={() => open('all')}>
        All numbers
      </button>
    </section>
  );
}
