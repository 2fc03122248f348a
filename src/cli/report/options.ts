import { err, ok, type Result } from '../../abi/errors.ts';
import { oneOf, readArguments } from '../arguments.ts';

export interface ReportOptions {
  readonly series: string | undefined;
  readonly tables: string | undefined;
  readonly scene: string | undefined;
  readonly seeds: number;
  readonly seconds: number | undefined;
  readonly format: 'table' | 'json' | 'md';
  readonly help: boolean;
}

export const REPORT_USAGE = `npm run -s report -- [options]
  --series V6                 only tables whose id begins with this
  --tables FILE.json          posted tables of the same shape as those that ship
  --scene ID                  the variants of a scene side by side, instead of tables
  --seeds N                   runs per experiment, 1 to 20; default: 2
  --seconds N                 virtual seconds of each run; default: the test's or the scene's own
  --format table|json|md      default: table`;

const VALUED = ['--series', '--tables', '--scene', '--seeds', '--seconds', '--format'] as const;
type Valued = (typeof VALUED)[number];
const FORMATS = ['table', 'json', 'md'] as const;
const SECONDS_MAX = 100000;

/** Every mistake is one sentence: which option, and what is allowed. */
export function readReportOptions(args: readonly string[]): Result<ReportOptions> {
  const given = readArguments(args, VALUED, ['--help']);
  if (!given.ok) return given;
  const [name] = given.value.names;
  if (name !== undefined) return err({ kind: 'unknown', what: 'option', name, allowed: [...VALUED, '--help'] });
  const values = new Map([...given.value.values].map(([option, list]) => [option, list.at(-1)!]));
  const format = oneOf('format', values.get('--format') ?? 'table', FORMATS);
  if (!format.ok) return format;
  const seeds = Number(values.get('--seeds') ?? 2);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > 20)
    return outOfRange('--seeds', values, 'a whole number from 1 to 20');
  const seconds = values.has('--seconds') ? Number(values.get('--seconds')) : undefined;
  if (seconds !== undefined && !(seconds > 0 && seconds <= SECONDS_MAX))
    return outOfRange('--seconds', values, `a number above 0, at most ${SECONDS_MAX}`);
  if (values.has('--scene') && (values.has('--tables') || values.has('--series')))
    return err({ kind: 'bad-input', where: '--scene', message: 'goes without --tables and --series' });
  const named = { series: values.get('--series'), tables: values.get('--tables'), scene: values.get('--scene') };
  return ok({ ...named, seeds, seconds, format: format.value, help: given.value.flags.has('--help') });
}

function outOfRange(path: Valued, values: ReadonlyMap<Valued, string>, allowed: string): Result<never> {
  return err({ kind: 'out-of-range', path, value: values.get(path)!, allowed });
}
