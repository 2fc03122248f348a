import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '../../abi/errors.ts';

/** A posted table: kernels as columns, the first of them the baseline. */
export interface PostedTable {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly columns: readonly string[];
  readonly note: string;
  readonly rows: readonly PostedRow[];
}
export interface PostedRow {
  readonly metric: string;
  /** One per column. */
  readonly values: readonly number[];
}

const SHIPPED = new URL('published-tables.json', import.meta.url);

/** The tables of a file, or those that ship. Refused with the field's place. */
export function readTables(path: string | undefined): Result<readonly PostedTable[]> {
  const where = path ?? SHIPPED.pathname;
  const refuse = (message: string): Result<never> => err({ kind: 'bad-input', where, message });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path ?? SHIPPED, 'utf8'));
  } catch (cause) {
    return refuse(`cannot be read as JSON (${cause instanceof Error ? cause.message : cause})`);
  }
  if (!Array.isArray(json)) return refuse('must be a list of tables');
  if (json.length === 0) return refuse('holds no table');
  for (const [at, table] of json.entries()) {
    const misfit = misfitOf(table);
    if (misfit !== undefined) return refuse(`table ${at + 1}${misfit}`);
  }
  return ok(json as PostedTable[]);
}

function misfitOf(table: unknown): string | undefined {
  if (typeof table !== 'object' || table === null) return ' must be an object';
  const { id, title, source, columns, note, rows } = table as Record<string, unknown>;
  for (const [name, value] of Object.entries({ id, title, source, note })) {
    if (typeof value !== 'string') return `: "${name}" must be text`;
  }
  const areNames = Array.isArray(columns) && columns.every((column) => typeof column === 'string');
  if (!areNames || columns.length < 2) return ` (${id}): "columns" must be a list of two or more kernels`;
  if (!Array.isArray(rows)) return ` (${id}): "rows" must be a list`;
  for (const [at, row] of rows.entries()) {
    const { metric, values } = (row ?? {}) as Record<string, unknown>;
    if (typeof metric !== 'string') return ` (${id}), row ${at + 1}: "metric" must be text`;
    const areNumbers = Array.isArray(values) && values.every((value) => Number.isFinite(value) && value >= 0);
    if (!areNumbers || values.length !== columns.length)
      return ` (${id}), row "${metric}": "values" must be ${columns.length} numbers of 0 or more, one per column`;
  }
  return undefined;
}
