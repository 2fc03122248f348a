import { useCallback, useMemo } from 'react';
import type { MachineFrame } from '../../abi/frame.ts';
import type { CellOrder } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import { type CssSize, type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawRows, markRows, placeInRows } from './rows.ts';

interface OrderedProps {
  readonly machine: MachineId;
  readonly order: Exclude<CellOrder, 'list'>;
}

/** The pages by file and offset, or by frame number: a row per file, empty where a page is not in memory. */
export function Ordered({ machine, order }: OrderedProps) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => {
      if (twin[machine].order === order) drawRows(ctx, size, twin[machine], palette);
    },
    [machine, order],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].order, twin[machine].cells], [machine]);
  const pick = useCallback<Pick>(
    (x: number, y: number, size: CssSize, frame: MachineFrame) => {
      const at = frame.order === order ? placeInRows(x, y, size, frame) : undefined;
      return at === undefined ? undefined : { in: 'cells', at };
    },
    [order],
  );
  const marks = useCallback<Marks>(
    (ctx, size, frame, lit, palette) => {
      if (frame.order === order) markRows(ctx, size, frame, lit, palette);
    },
    [order],
  );
  const walk = useMemo<Walk>(
    () => ({
      label: order === 'file' ? 'pages by file and offset' : 'pages by frame number',
      count: ({ cells }) => cells.length,
      at: (step) => ({ in: 'cells', at: step }),
    }),
    [order],
  );
  const ref = useCanvas(draw, inputs);
  return (
    <Inspectable machine={machine} pick={pick} marks={marks} walk={walk} className="ordered">
      <canvas ref={ref} data-testid={`ordered-${machine}`} />
    </Inspectable>
  );
}
