import { type Apart, apartOf } from './apart.ts';
import {
  COLUMN_RULES,
  type ColumnRule,
  MACHINES,
  type MachineRow,
  TABLE_RULES,
  TESTS,
  type TestRow,
} from './experiments.ts';
import { directionOf, isWithinFactor2, ratioOf } from './judge.ts';
import { rowValueOf, type Totals } from './rows.ts';
import type { PostedTable } from './tables.ts';

/** A column's experiment: who is asked to run what. */
export interface Experiment {
  readonly test: TestRow;
  readonly machine: MachineRow;
  readonly table: PostedTable;
  readonly knobs: Readonly<Record<string, number | string | boolean>>;
  readonly kernel: string;
}
/** Simulates an experiment; a text says why it cannot be. */
export type Simulate = (experiment: Experiment) => Totals | string;

export interface Cell {
  readonly metric: string;
  readonly column: string;
  readonly kernel: string;
  readonly posted_ratio: number;
  readonly simulated_ratio: number;
  readonly direction_right: boolean;
  readonly within_factor_2: boolean;
  /** Why the cell does not count. */
  readonly apart?: Apart;
}
export interface Total {
  readonly cells: number;
  readonly direction_right: number;
  readonly within_factor_2: number;
}
export interface TableReport {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Undefined where the table is not simulated at all. */
  readonly machine?: string;
  readonly workload?: string;
  readonly total: Total;
  readonly cells: readonly Cell[];
  readonly left_out: readonly { readonly what: string; readonly why: string }[];
}
export interface Report {
  readonly total: Total;
  readonly tables: readonly TableReport[];
}

export function compare(tables: readonly PostedTable[], simulate: Simulate): Report {
  const reports = tables.map((table) => compareTable(table, simulate));
  return { total: totalOf(reports.flatMap(({ cells }) => cells)), tables: reports };
}

function compareTable(table: PostedTable, simulate: Simulate): TableReport {
  const { id, title, source } = table;
  const rule = TABLE_RULES.find((candidate) => candidate.id.test(id));
  const test = TESTS.find((candidate) => candidate.id === rule?.test);
  const machine = MACHINES.find((candidate) => candidate.id === rule?.machine);
  const nothing = (why: string): TableReport => {
    return { id, title, source, total: totalOf([]), cells: [], left_out: [{ what: `table ${id}`, why }] };
  };
  if (rule === undefined || machine === undefined) return nothing('no rule says which test and machine it is about');
  if (test === undefined) return nothing(`the test "${rule.test}" is not simulated`);
  const run = (columnRule: ColumnRule) =>
    simulate({ test, machine, table, kernel: columnRule.kernel, knobs: { ...rule.knobs, ...columnRule.knobs } });
  const left_out: { what: string; why: string }[] = [];
  const baseRule = columnRuleOf(table, 0);
  const base = baseRule === undefined ? 'no rule says which kernel it is' : run(baseRule);
  if (typeof base === 'string') return nothing(`baseline "${table.columns[0]}": ${base}`);
  const cells: Cell[] = [];
  for (let column = 1; column < table.columns.length; column++) {
    const columnRule = columnRuleOf(table, column);
    const totals = columnRule === undefined ? 'no rule says which kernel it is' : run(columnRule);
    if (typeof totals === 'string') left_out.push({ what: `column ${table.columns[column]}`, why: totals });
    else cells.push(...cellsOf(table, column, columnRule!.kernel, base, totals));
  }
  for (const { metric } of table.rows) {
    const of = rowValueOf(metric);
    if (of === undefined) left_out.push({ what: `row ${metric}`, why: 'has no counterpart here' });
    else if (of(base) === undefined) left_out.push({ what: `row ${metric}`, why: 'the runs cannot have it' });
  }
  const described = { machine: machine.id, workload: test.workload };
  return { id, title, source, ...described, total: totalOf(cells), cells, left_out };
}

function columnRuleOf(table: PostedTable, column: number): ColumnRule | undefined {
  const name = table.columns[column]!;
  return COLUMN_RULES.find((rule) => rule.table.test(table.id) && rule.column.test(name));
}

function cellsOf(table: PostedTable, column: number, kernel: string, base: Totals, totals: Totals): Cell[] {
  const cells: Cell[] = [];
  for (const { metric, values } of table.rows) {
    const of = rowValueOf(metric);
    const [before, after] = [of?.(base), of?.(totals)];
    if (before === undefined || after === undefined) continue;
    const posted = ratioOf(values[column]!, values[0]!);
    const simulated = ratioOf(after, before);
    const apart = apartOf(table, column, metric);
    cells.push({
      metric,
      column: table.columns[column]!,
      kernel,
      posted_ratio: posted,
      simulated_ratio: simulated,
      direction_right: directionOf(posted) === directionOf(simulated),
      within_factor_2: isWithinFactor2(posted, simulated),
      ...(apart === undefined ? {} : { apart }),
    });
  }
  return cells;
}

/** Over the cells that count. */
export function totalOf(cells: readonly Cell[]): Total {
  const counted = cells.filter(({ apart }) => apart === undefined);
  return {
    cells: counted.length,
    direction_right: counted.filter(({ direction_right }) => direction_right).length,
    within_factor_2: counted.filter(({ within_factor_2 }) => within_factor_2).length,
  };
}
