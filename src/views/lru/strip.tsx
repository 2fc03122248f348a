import { useCallback, useMemo } from 'react';
import { LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { boxOf, type CellGrid, gridFor, pageAt } from '../shared/cell-grid.ts';
import { CellPainter } from '../shared/cell-painter.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import { outline, veil } from '../shared/lit.ts';
import { type CssSize, type Inputs, type Scene, useRepaint } from '../shared/use-canvas.ts';
import { cellsOf, type ListName, startOf } from './draw.ts';
import { listLabel } from './text.ts';

interface StripProps {
  readonly machine: MachineId;
  readonly list: ListName;
  /** Share of the machine's pages that fit in without shrinking. */
  readonly share: number;
}

/** One list in its true order, newest left, next victim right. */
export function Strip({ machine, list, share }: StripProps) {
  const painter = useMemo(() => new CellPainter(list === 'unevictable'), [list]);
  const gridOf = useCallback(
    (frame: MachineFrame, size: CssSize): CellGrid =>
      gridFor(
        frame.listPages[LIST_NAMES.indexOf(list)] ?? 0,
        Math.ceil(frame.memory.totalPages * share),
        size,
        true,
        window.devicePixelRatio,
      ),
    [list, share],
  );
  const paint = useCallback(
    (canvas: HTMLCanvasElement, size: CssSize, { twin, palette }: Scene) => {
      const frame = twin[machine];
      // While another order fades in, the last picture of this one stays.
      if (frame.order === 'list') painter.paint(canvas, size, cellsOf(frame, list), gridOf(frame, size), palette);
    },
    [machine, list, gridOf, painter],
  );
  const inputs = useCallback<Inputs>(
    ({ twin }) => [twin[machine].order, cellsOf(twin[machine], list), twin[machine].memory.totalPages],
    [machine, list],
  );
  const pick = useCallback<Pick>(
    (x, y, size, frame) => {
      const at = frame.order === 'list' ? pageAt(gridOf(frame, size), size, x, y) : undefined;
      return at === undefined ? undefined : { in: 'cells', at: startOf(frame, list) + at };
    },
    [list, gridOf],
  );
  const marks = useCallback<Marks>(
    (ctx, size, frame, lit, palette) => {
      if (frame.order !== 'list') return;
      const grid = gridOf(frame, size);
      const start = startOf(frame, list);
      for (const { found } of lit)
        if (found?.cells) veil(ctx, size, grid, found.cells.subarray(start, start + grid.pages), palette);
      for (const { found, isPinned } of lit) {
        const at = (found?.page?.at ?? -1) - start;
        if (at >= 0 && at < grid.pages) outline(ctx, boxOf(at, grid, size), palette, isPinned);
      }
    },
    [list, gridOf],
  );
  const walk = useMemo<Walk>(
    () => ({
      label: `${listLabel(list)} pages from the next victim on`,
      count: (frame) => frame.listPages[LIST_NAMES.indexOf(list)] ?? 0,
      at: (step, frame) => ({ in: 'cells', at: startOf(frame, list) + cellsOf(frame, list).length - 1 - step }),
      fromEnd: true,
    }),
    [list],
  );
  const ref = useRepaint(paint, inputs);
  return (
    <Inspectable machine={machine} pick={pick} marks={marks} walk={walk} className={`strip strip-${list}`}>
      <canvas ref={ref} data-testid={`strip-${machine}-${list}`} />
    </Inspectable>
  );
}
