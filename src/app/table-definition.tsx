import './table-definition.css';
import type { MachineId } from '../abi/scenario.ts';
import { LANE_VIEWS } from '../views/registry.ts';
import { absentText, missingText } from '../views/shared/absent-words.ts';
import { useApp, useParts, useTwin } from '../views/shared/app-context.ts';
import { CopyButton } from '../views/shared/copy-button.tsx';
import { seconds } from '../views/shared/format.ts';
import { cellWords, type Table, tablesText } from '../views/shared/table.ts';
import { windowOf } from '../views/shared/use-canvas.ts';
import { useLater } from './use-later.ts';

/** What a lane's picture shows now, as tables to read and to copy. */
export function TableDefinition({ view, machine }: { readonly view: string; readonly machine: MachineId }) {
  const { history } = useParts();
  const entry = LANE_VIEWS.find(({ id }) => id === view);
  const tablesOf = useLater(entry?.table)?.tables;
  const frame = useTwin(500)?.[machine];
  const windowNs = useApp(windowOf);
  if (!frame || !tablesOf) return null;
  const needs = entry?.needs ?? [];
  const absent = absentText(frame, needs);
  const tables = missingText(frame, needs) ? [] : tablesOf({ frame, requests: history.requests[machine], windowNs });
  return (
    <div className="view-tables">
      <p>
        Machine {machine} at {seconds(frame.nowNs)} s.
      </p>
      {absent && <p>{absent}</p>}
      {tables.map((table, at) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide one scrolls, so the keyboard must be able to get in
        // biome-ignore lint/suspicious/noArrayIndexKey: a caption tells the moment and changes with it
        <section key={at} aria-label={table.caption} tabIndex={0}>
          <TableOf table={table} />
        </section>
      ))}
      <CopyButton label="Copy as text" text={() => [...(absent ? [absent] : []), tablesText(tables)].join('\n\n')} />
    </div>
  );
}

function TableOf({ table: { caption, head, rows } }: { readonly table: Table }) {
  return (
    <table className="all-table view-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; heads need not differ
          <tr key={at}>
            {row.map((cell, column) =>
              column === 0 ? (
                <th key={head[column]} scope="row">
                  <code>{cellWords(cell)}</code>
                </th>
              ) : (
                <td key={head[column]}>{cellWords(cell)}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
