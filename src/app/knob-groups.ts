import type { Knob } from '../abi/knob.ts';

export interface Group {
  readonly title: string;
  readonly knobs: readonly Knob[];
}

const TITLES: Readonly<Record<string, string>> = { vm: 'vm', memcg: 'memcg', policy: 'Policy' };
const ORDER = ['policy', 'vm', 'workload', 'machine', 'disk'];

/**
 * Knobs by the first word of their path. A workload's knobs are shown only where the running workload has them;
 * `relevant` lists those, and undefined means that it is not known yet.
 */
export function knobGroups(knobs: readonly Knob[], relevant: readonly string[] | undefined): readonly Group[] {
  const byPrefix = new Map<string, Knob[]>();
  for (const knob of knobs) {
    const prefix = knob.path.split('.')[0] ?? '';
    if (prefix === 'workload' && relevant && !relevant.includes(knob.path)) continue;
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), knob]);
  }
  const rank = (prefix: string) => (ORDER.includes(prefix) ? ORDER.indexOf(prefix) : ORDER.length);
  return [...byPrefix]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([prefix, own]) => ({
      title: TITLES[prefix] ?? prefix.charAt(0).toUpperCase() + prefix.slice(1),
      knobs: own,
    }));
}
