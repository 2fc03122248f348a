import type { MachineId } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import { HEAT_ROWS, type Heat } from '../shared/stall-heat.ts';

export interface Cell {
  readonly machine: MachineId;
  /** Shortest durations first. */
  readonly row: number;
  readonly column: number;
}

/** Where the two plots stand in the canvas, in CSS pixels. */
export interface Plots {
  readonly left: number;
  readonly wide: number;
  readonly high: number;
  readonly tops: Readonly<Record<MachineId, number>>;
}

const LEFT = 62;
const BETWEEN = 8;
const AXIS = 18;
const EDGE = 2;

export function plotsOf({ width, height }: { readonly width: number; readonly height: number }): Plots {
  const high = Math.max(24, (height - BETWEEN - AXIS - EDGE) / 2);
  return {
    left: LEFT,
    wide: Math.max(40, width - LEFT - EDGE),
    high,
    tops: { A: EDGE, B: EDGE + high + BETWEEN },
  };
}

/** As many columns as can be told apart and hit. */
export const columnsIn = (width: number): number => Math.max(20, Math.floor((width - LEFT) / 9));

export function cellAt(x: number, y: number, plots: Plots, columns: number): Cell | undefined {
  const column = Math.floor(((x - plots.left) / plots.wide) * columns);
  if (column < 0 || column >= columns) return undefined;
  for (const machine of ['A', 'B'] as const) {
    const row = Math.floor(((plots.tops[machine] + plots.high - y) / plots.high) * HEAT_ROWS);
    if (row >= 0 && row < HEAT_ROWS) return { machine, row, column };
  }
  return undefined;
}

/** Where an arrow leads; above the top of B lies the bottom of A. */
export function cellByKey(key: string, cell: Cell, columns: number): Cell | undefined {
  const { machine, row, column } = cell;
  const across = (to: number): Cell => ({ ...cell, column: Math.max(0, Math.min(columns - 1, to)) });
  switch (key) {
    case 'ArrowLeft':
      return across(column - 1);
    case 'ArrowRight':
      return across(column + 1);
    case 'Home':
      return across(0);
    case 'End':
      return across(columns - 1);
    case 'ArrowUp':
      if (row < HEAT_ROWS - 1) return { ...cell, row: row + 1 };
      return machine === 'B' ? { ...cell, machine: 'A', row: 0 } : cell;
    case 'ArrowDown':
      if (row > 0) return { ...cell, row: row - 1 };
      return machine === 'A' ? { ...cell, machine: 'B', row: HEAT_ROWS - 1 } : cell;
    default:
      return undefined;
  }
}

/** The time a column covers. */
export function timesOf({ range, columns }: Heat, column: number): { readonly fromNs: Ns; readonly toNs: Ns } {
  const at = (edge: number) => Math.round(range.fromNs + (edge / columns) * (range.toNs - range.fromNs));
  return { fromNs: at(column), toNs: at(column + 1) };
}
