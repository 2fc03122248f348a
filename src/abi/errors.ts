import type { Ns } from './units.ts';

/** What a user can cause, or must be told: each becomes one sentence (what, where, what is allowed). */
export type RunError =
  | { readonly kind: 'unknown'; readonly what: string; readonly name: string; readonly allowed: readonly string[] }
  | { readonly kind: 'out-of-range'; readonly path: string; readonly value: string; readonly allowed: string }
  | { readonly kind: 'bad-input'; readonly where: string; readonly message: string }
  | {
      readonly kind: 'engine-bug';
      readonly message: string;
      readonly atNs: Ns;
      readonly seed: number;
      readonly hash: string;
    }
  | { readonly kind: 'out-of-memory'; readonly atNs: Ns; readonly message: string }
  | { readonly kind: 'worker-lost'; readonly machine: string; readonly message: string };

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RunError };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const err = (error: RunError): Result<never> => ({ ok: false, error });

export function describeError(error: RunError): string {
  switch (error.kind) {
    case 'unknown':
      return `There is no ${error.what} "${error.name}"; allowed: ${nearest(error.name, error.allowed)}.`;
    case 'out-of-range':
      return `${error.path} is ${error.value}; it must be ${error.allowed}.`;
    case 'bad-input':
      return `${error.where}: ${error.message}.`;
    case 'engine-bug':
      return `The simulator broke at ${error.atNs} ns (seed ${error.seed}, hash ${error.hash}): ${error.message}.`;
    case 'out-of-memory':
      return `The browser has no memory left for the machines, at ${(error.atNs / 1e9).toFixed(3)} s: ${error.message}. A smaller machine.memory_mib needs less, and so does closing other tabs.`;
    case 'worker-lost':
      return `The simulation thread of machine ${error.machine} stopped: ${error.message}.`;
  }
}

/** More names than this are no help. */
const NAMES_MAX = 30;

/** What is allowed instead of `name`: of very many dotted names those that begin as it does, else the words they begin with. */
function nearest(name: string, allowed: readonly string[]): string {
  if (allowed.length <= NAMES_MAX) return allowed.join(', ');
  const firstWord = (path: string) => path.slice(0, path.indexOf('.') + 1);
  const alike = allowed.filter((path) => firstWord(path) !== '' && firstWord(path) === firstWord(name));
  if (alike.length > 0) return alike.join(', ');
  return `names that begin with ${[...new Set(allowed.map(firstWord))].join(', ')}`;
}

/** A broken invariant is our bug, never the user's: stop at once, with the numbers that matter. */
export class InvariantError extends Error {}

export function assert(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new InvariantError(message());
}

/**
 * For checks on hot paths: `if (!sound) broken('pfn # is …', pfn)`, each # replaced by a fact. A closure that captures an
 * argument costs an allocation per call even when the check holds (measured: 2.4 of 3.7 KB per page fault), and the
 * compiler hoists a template's text out of its branch (2 % of a run).
 */
export function broken(message: string, ...facts: readonly (number | string)[]): never {
  let at = 0;
  throw new InvariantError(message.replace(/#/g, () => String(facts[at++])));
}
