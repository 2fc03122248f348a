import './flusher.css';
import { Fragment, type ReactNode, useCallback } from 'react';
import { useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawInodes } from './draw.ts';
import { ROW_PX, type Row, rowsOf } from './rows.ts';
import { ageWords, doingWords, flushersText, placeWords } from './text.ts';

/** The flushers: what each works on, and the inodes on its three lists. */
export default function FlusherView({ machine }: LaneProps) {
  const twin = useTwin();
  const frame = twin?.[machine];
  const flushers = frame?.flushers ?? [];
  const rows = rowsOf(flushers);
  // As tall as in the other machine, so that the pictures of both stand side by side.
  const tallest = twin ? Math.max(...[twin.A, twin.B].map((one) => rowsOf(one.flushers ?? []).length)) : 0;
  return (
    <section className="view flusher-view" aria-label={`Flusher of ${machine}`}>
      <h3>
        Flusher <span>inodes, newest first</span>
        <TableButton view="flusher" machine={machine} />
      </h3>
      <div className="flusher-rows" style={{ minHeight: (1 + tallest) * ROW_PX }}>
        <table>
          <thead>
            <tr style={{ height: ROW_PX }}>
              <th scope="col">inode</th>
              <td />
              <th scope="col">
                <TermButton of="flusher:dirty">dirty, writing</TermButton>
              </th>
              <th scope="col">
                <TermButton of="flusher:age">age, s</TermButton>
              </th>
              <th scope="col">
                <TermButton of="flusher:sync">I_SYNC</TermButton>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} className={`flusher-${row.kind}`} style={{ height: ROW_PX }}>
                <Cells row={row} nowNs={frame?.nowNs ?? 0} />
              </tr>
            ))}
          </tbody>
        </table>
        <Bars machine={machine} rows={rows.length} />
      </div>
      <Spoken text={() => flushersText(flushers, frame?.nowNs ?? 0)} />
    </section>
  );
}

function Cells({ row, nowNs }: { readonly row: Row; readonly nowNs: number }) {
  if (row.kind === 'inode') {
    const { name, dirtyPages, writebackPages, writer } = row.inode;
    return (
      <>
        <th scope="row" title={name}>
          {name}
        </th>
        <td />
        <td>
          {group(dirtyPages)}, {group(writebackPages)}
        </td>
        <td>{ageWords(row.inode, nowNs)}</td>
        <td>{writer}</td>
      </>
    );
  }
  return <td colSpan={5}>{lineOf(row)}</td>;
}

function lineOf(row: Exclude<Row, { kind: 'inode' }>): ReactNode {
  if (row.kind === 'more') return `and ${row.inodes} more`;
  if (row.kind === 'list')
    return (
      <TermButton of={`flusher:${row.list}`}>
        {row.list} <small>{row.inodes}</small>
      </TermButton>
    );
  if (row.kind === 'empty')
    return (
      <>
        {row.lists.map((list) => (
          <Fragment key={list}>
            <TermButton of={`flusher:${list}`}>{list}</TermButton>{' '}
          </Fragment>
        ))}
        <small>empty</small>
      </>
    );
  const { flusher } = row;
  if (row.kind === 'works') return `waiting: ${flusher.waiting.join('; ')}`;
  return (
    <>
      <b>{flusher.name}</b> <small>{placeWords(flusher)} · </small>
      <TermButton of="flusher:work">{doingWords(flusher)}</TermButton>
    </>
  );
}

function keyOf(row: Row): string {
  const list = 'list' in row ? row.list : '';
  const inode = row.kind === 'inode' ? row.inode.space : '';
  return `${row.kind} ${row.flusher.task} ${list} ${inode}`;
}

function Bars({ machine, rows }: LaneProps & { readonly rows: number }) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawInodes(ctx, size, rowsOf(twin[machine].flushers ?? []), palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].flushers], [machine]);
  return <canvas ref={useCanvas(draw, inputs)} style={{ top: ROW_PX, height: rows * ROW_PX }} />;
}
