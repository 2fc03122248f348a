import { err, ok, type Result } from '../../abi/errors.ts';

export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly seconds: number;
  readonly out: string | undefined;
  readonly help: boolean;
}

export const FUZZ_USAGE = `npm run -s fuzz -- [options]
  --count N                   random scenarios; default: 1000
  --seed N                    of the first one, the next ones follow; default: 1
  --seconds N                 virtual seconds of each; default: 10
  --out FOLDER                where failing scenarios go; default: the system's temporary folder`;

const NUMBERS = {
  '--count': { min: 1, max: 1000000, initial: 1000, whole: true },
  '--seed': { min: 0, max: 4000000000, initial: 1, whole: true },
  '--seconds': { min: 0.001, max: 3600, initial: 10, whole: false },
} as const;

/** Every mistake is one sentence: which option, and what is allowed. */
export function readFuzzOptions(args: readonly string[]): Result<FuzzOptions> {
  const values = new Map<string, string>();
  let help = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--help' || arg === '-h') {
      help = true;
      continue;
    }
    if (!(arg in NUMBERS) && arg !== '--out')
      return err({ kind: 'unknown', what: 'option', name: arg, allowed: [...Object.keys(NUMBERS), '--out', '--help'] });
    const value = args[++at];
    if (value === undefined) return err({ kind: 'bad-input', where: arg, message: 'needs a value after it' });
    values.set(arg, value);
  }
  const read: Partial<Record<keyof typeof NUMBERS, number>> = {};
  for (const name of Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]) {
    const { min, max, initial, whole } = NUMBERS[name];
    const text = values.get(name) ?? String(initial);
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max) || (whole && !Number.isInteger(value)))
      return err({
        kind: 'out-of-range',
        path: name,
        value: text,
        allowed: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
      });
    read[name] = value;
  }
  const { '--count': count, '--seed': seed, '--seconds': seconds } = read as Record<keyof typeof NUMBERS, number>;
  return ok({ count, seed, seconds, out: values.get('--out'), help });
}
