import { err, ok, type Result } from '../abi/errors.ts';

/** A command line taken apart, before anything of it is looked up. */
export interface Arguments<Valued extends string> {
  /** Per option what came after it, in order. */
  readonly values: ReadonlyMap<Valued, readonly string[]>;
  readonly flags: ReadonlySet<string>;
  /** What is no option; a lone `-` is none. */
  readonly names: readonly string[];
}

/** Every mistake is one sentence: which option, and what is allowed. -h is short for --help. */
export function readArguments<Valued extends string>(
  args: readonly string[],
  valued: readonly Valued[],
  flags: readonly string[],
): Result<Arguments<Valued>> {
  const values = new Map<Valued, string[]>();
  const given = new Set<string>();
  const names: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] === '-h' ? '--help' : args[at]!;
    if (flags.includes(arg)) given.add(arg);
    else if ((valued as readonly string[]).includes(arg)) {
      const value = args[++at];
      if (value === undefined) return err({ kind: 'bad-input', where: arg, message: 'needs a value after it' });
      values.set(arg as Valued, [...(values.get(arg as Valued) ?? []), value]);
    } else if (arg.startsWith('-') && arg !== '-')
      return err({ kind: 'unknown', what: 'option', name: arg, allowed: [...valued, ...flags] });
    else names.push(arg);
  }
  return ok({ values, flags: given, names });
}

/** A word of a list, or a sentence that shows the list. */
export function oneOf<Name extends string>(what: string, name: string, allowed: readonly Name[]): Result<Name> {
  const found = allowed.find((one) => one === name);
  return found === undefined ? err({ kind: 'unknown', what, name, allowed }) : ok(found);
}
