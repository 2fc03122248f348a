import { err, ok, type Result } from '../abi/errors.ts';
import type { MachineId } from '../abi/scenario.ts';
import { EXPORT_FORMATS, type ExportFormatId } from '../abi/trace-export.ts';
import { oneOf, readArguments } from './arguments.ts';

/** What the command line of `sim` says, before anything of it is looked up. */
export interface Options {
  readonly scene: string | undefined;
  readonly list: boolean;
  readonly print: string | undefined;
  readonly kernelA: string | undefined;
  readonly kernelB: string | undefined;
  readonly seed: string | undefined;
  readonly until: string | undefined;
  readonly sets: readonly string[];
  readonly workloads: readonly string[];
  readonly check: boolean;
  readonly trace: string | undefined;
  readonly traceFormat: ExportFormatId;
  readonly traceMachine: MachineId;
  readonly postprocess: string | undefined;
  readonly format: ResultFormat;
  readonly help: boolean;
}

const RESULT_FORMATS = ['table', 'json', 'csv', 'mmtests'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];
const MACHINES = ['A', 'B'] as const;

export const USAGE = `npm run -s sim -- <scene id | scenario.json> [options]
  --a KERNEL, --b KERNEL      kernels of the two machines
  --seed N                    0 to 4294967295
  --until SECONDS             virtual seconds; default: the scene's own
  --set [a.|b.]path=value     a knob, for both machines or one; may be repeated
  --workload FOLDER|FILE      a recorded workload; may be repeated
  --check                     test all invariants while it runs
  --trace FILE                write a machine's run as text, while it runs
  --trace-format FORMAT       ${EXPORT_FORMATS.map(({ id }) => id).join(', ')};
                              default: ftrace
  --trace-machine A|B         whose; default: A
  --postprocess FILE.txt      write what the series' script makes of that machine's events
  --format FORMAT             ${RESULT_FORMATS.join(', ')}; default: table
  --list                      scenes and kernels
  --print SCENE               the scene as a scenario file`;

const VALUED = [
  '--a',
  '--b',
  '--seed',
  '--until',
  '--set',
  '--workload',
  '--trace',
  '--trace-format',
  '--trace-machine',
  '--postprocess',
  '--format',
  '--print',
] as const;
type Valued = (typeof VALUED)[number];
const FLAGS = ['--check', '--list', '--help'];

/** Every mistake is one sentence: which option, and what is allowed. */
export function readOptions(args: readonly string[]): Result<Options> {
  const given = readArguments(args, VALUED, FLAGS);
  if (!given.ok) return given;
  const { values, flags, names } = given.value;
  const [scene, second] = names;
  if (second !== undefined)
    return err({ kind: 'bad-input', where: second, message: `one scene at a time; "${scene}" was given already` });
  const last = (name: Valued) => values.get(name)?.at(-1);
  const format = oneOf('format', last('--format') ?? 'table', RESULT_FORMATS);
  if (!format.ok) return format;
  const ids = EXPORT_FORMATS.map(({ id }) => id);
  const traceFormat = oneOf('trace format', last('--trace-format') ?? 'ftrace', ids);
  if (!traceFormat.ok) return traceFormat;
  const traceMachine = oneOf('machine', last('--trace-machine') ?? 'A', MACHINES);
  if (!traceMachine.ok) return traceMachine;
  return ok({
    scene,
    list: flags.has('--list'),
    print: last('--print'),
    kernelA: last('--a'),
    kernelB: last('--b'),
    seed: last('--seed'),
    until: last('--until'),
    sets: values.get('--set') ?? [],
    workloads: values.get('--workload') ?? [],
    check: flags.has('--check'),
    trace: last('--trace'),
    traceFormat: traceFormat.value,
    traceMachine: traceMachine.value,
    postprocess: last('--postprocess'),
    format: format.value,
    help: flags.has('--help'),
  });
}
