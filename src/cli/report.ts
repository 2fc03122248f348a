import { err, ok, type Result } from '../abi/errors.ts';
import { SCENES } from '../scenarios/registry.ts';
import { refuse, say } from './answer.ts';
import { compare } from './report/compare.ts';
import { REPORT_USAGE, type ReportOptions, readReportOptions } from './report/options.ts';
import { simulator } from './report/simulate.ts';
import { type PostedTable, readTables } from './report/tables.ts';
import { asText } from './report/text.ts';
import { runVariants, variantsText } from './report/variants.ts';

/** Posted tables against simulated ones; exit 0, or 2 with one sentence for bad input. */
function main(args: readonly string[]): number {
  const options = readReportOptions(args);
  if (!options.ok) return refuse(options.error);
  if (options.value.help) return say(REPORT_USAGE);
  if (options.value.scene !== undefined) return compareVariants(options.value.scene, options.value);
  const tables = tablesOf(options.value);
  if (!tables.ok) return refuse(tables.error);
  const report = compare(tables.value, simulator(options.value));
  const { format } = options.value;
  return say(format === 'json' ? JSON.stringify(report, finite, 2) : asText(report, format));
}

function compareVariants(id: string, { seconds, format }: ReportOptions): number {
  const scene = SCENES.find((candidate) => candidate.id === id);
  if (scene === undefined)
    return refuse({ kind: 'unknown', what: 'scene', name: id, allowed: SCENES.map((known) => known.id) });
  const variants = runVariants(scene, seconds);
  if (format !== 'json') return say(variantsText(scene, variants, format));
  return say(JSON.stringify({ scene: id, seed: scene.seed, until_s: seconds ?? scene.untilS, variants }, undefined, 2));
}

function tablesOf({ tables: path, series }: ReportOptions): Result<readonly PostedTable[]> {
  const tables = readTables(path);
  if (!tables.ok || series === undefined) return tables;
  const wanted = tables.value.filter(({ id }) => id.startsWith(series));
  if (wanted.length > 0) return ok(wanted);
  return err({ kind: 'unknown', what: 'series', name: series, allowed: tables.value.map(({ id }) => id) });
}

/** JSON has no Infinity: a ratio that grows from nothing is null. */
function finite(_key: string, value: unknown): unknown {
  return value === Infinity ? null : value;
}

process.exitCode = main(process.argv.slice(2));
