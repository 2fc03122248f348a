import './numbers.css';
import { MMTESTS_ROWS } from '../../abi/mmtests.ts';
import type { Twin } from '../../store/feed.ts';
import { useApp, useTwin } from '../shared/app-context.ts';
import { describeMetric, metricValue } from '../shared/derived-metrics.ts';
import { seconds } from '../shared/format.ts';
import { type NamedRow, rowsWith, SEEK_ROWS } from '../shared/result-rows.ts';
import { EVERY_MS, type Row, rowOf } from './text.ts';

function rowsOf(rows: readonly NamedRow[], twin: Twin | undefined): readonly Row[] {
  if (!twin) return [];
  return rows.flatMap(({ name, label }) => {
    const unit = describeMetric(name)?.unit ?? '';
    const row = rowOf(name, label, unit, metricValue(twin.A, name), metricValue(twin.B, name));
    return row ? [row] : [];
  });
}

function Name({ row }: { readonly row: Row }) {
  const open = useApp((s) => s.openDefinition);
  return (
    <button
      type="button"
      className="metric"
      data-metric={row.name}
      onClick={() => open(row.name)}
      title={`What is ${row.name}?`}
    >
      {row.label}
    </button>
  );
}

function Values({ row }: { readonly row: Row }) {
  return (
    <>
      <td>{row.a}</td>
      <td>{row.b}</td>
      <td className="delta">
        <span aria-hidden="true">{row.delta}</span>
        <span className="spoken">{row.deltaWords}</span>
      </td>
    </>
  );
}

function Body({ rows }: { readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row.name}>
          <th scope="row">
            <Name row={row} />
          </th>
          <Values row={row} />
        </tr>
      ))}
    </tbody>
  );
}

function Head({ label }: { readonly label?: string }) {
  return (
    <thead>
      <tr>
        {label ? (
          <th scope="col" className="head-label">
            {label}
          </th>
        ) : (
          <td />
        )}
        <th scope="col">A</th>
        <th scope="col">B</th>
        <th scope="col">B to A</th>
      </tr>
    </thead>
  );
}

/** What counts as a seek is a matter of definition: all four, and the one that the other numbers and the disk go by. */
function Seeks({ twin }: { readonly twin: Twin | undefined }) {
  const seeks = useApp((s) => s.seeks);
  const setSeeks = useApp((s) => s.setSeeks);
  return (
    <table className="seeks" data-testid="seeks">
      <Head label="Seeks, counted as" />
      <tbody>
        {rowsOf(SEEK_ROWS, twin).map((row) => {
          const id = SEEK_ROWS.find(({ name }) => name === row.name)?.id ?? 'any';
          return (
            <tr key={row.name}>
              <th scope="row">
                <label>
                  <input
                    type="radio"
                    name="seek-definition"
                    aria-label={`Count seeks: ${row.label}`}
                    checked={seeks === id}
                    onChange={() => setSeeks(id)}
                  />
                </label>
                <Name row={row} />
              </th>
              <Values row={row} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A, B and the way from A to B. A click on a number's name opens what it counts and where it comes from. */
export function NumbersView() {
  const twin = useTwin(EVERY_MS);
  const open = useApp((s) => s.openDefinition);
  const seeks = useApp((s) => s.seeks);
  return (
    <section className="numbers" aria-label="Numbers">
      <h2>
        Numbers <small>after {seconds(twin?.atNs ?? 0)} s</small>
      </h2>
      <table data-testid="numbers">
        <Head />
        {rowsWith(seeks).map((group) => (
          <Body key={group[0]?.name} rows={rowsOf(group, twin)} />
        ))}
      </table>
      <Seeks twin={twin} />
      <details className="mmtests">
        <summary>As mmtests names them</summary>
        <table data-testid="mmtests">
          <Head />
          <Body rows={rowsOf(MMTESTS_ROWS, twin)} />
        </table>
      </details>
      <button type="button" className="all-numbers" onClick={() => open('all')}>
        All numbers
      </button>
    </section>
  );
}
