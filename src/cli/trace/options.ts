import { err, ok, type Result } from '../../abi/errors.ts';
import { oneOf, readArguments } from '../arguments.ts';

export interface TraceOptions {
  /** `-` is standard input. */
  readonly file: string;
  readonly format: 'table' | 'json';
  readonly help: boolean;
}

export const TRACE_USAGE = `npm run -s trace -- FILE [options]
  FILE                        a kernel trace as text, plain or .gz, of ftrace, trace-cmd report, perf script
                              or blkparse; - reads standard input. If vmstat-before.txt and vmstat-after.txt
                              lie beside it, its figures are compared with the kernel's counters
  --format table|json         default: table`;

const FORMATS = ['table', 'json'] as const;

export function readTraceOptions(args: readonly string[]): Result<TraceOptions> {
  const given = readArguments(args, ['--format'] as const, ['--help']);
  if (!given.ok) return given;
  const { values, flags, names } = given.value;
  const format = oneOf('format', values.get('--format')?.at(-1) ?? 'table', FORMATS);
  if (!format.ok) return format;
  const help = flags.has('--help');
  const [file, second] = names;
  if (second !== undefined)
    return err({ kind: 'bad-input', where: second, message: `one file at a time; "${file}" was given already` });
  if (file === undefined && !help)
    return err({ kind: 'bad-input', where: 'trace', message: 'name a file, or - for standard input' });
  return ok({ file: file ?? '-', format: format.value, help });
}
