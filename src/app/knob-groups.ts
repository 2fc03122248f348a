import type { Knob } from '../abi/knob.ts';

export interface Group {
  readonly title: string;
  readonly knobs: readonly Knob[];
}

const TITLES: Readonly<Record<string, string>> = { vm: 'vm', memcg: 'memcg' };
const ORDER = ['policy', 'vm', 'workload', 'memcg', 'machine', 'disk'];

/**
 * Knobs under their headings: the one they name, or the first word of their path. A workload's knobs are shown only where
 * the running workload has them; `relevant` lists those, and undefined means that it is not known yet.
 */
export function knobGroups(knobs: readonly Knob[], relevant: readonly string[] | undefined): readonly Group[] {
  const byTitle = new Map<string, Knob[]>();
  const prefixOf = ({ path }: Knob) => path.split('.')[0] ?? '';
  for (const knob of knobs) {
    const prefix = prefixOf(knob);
    if (prefix === 'workload' && relevant && !relevant.includes(knob.path)) continue;
    const title = knob.group ?? TITLES[prefix] ?? prefix.charAt(0).toUpperCase() + prefix.slice(1);
    byTitle.set(title, [...(byTitle.get(title) ?? []), knob]);
  }
  const rank = (prefix: string) => (ORDER.includes(prefix) ? ORDER.indexOf(prefix) : ORDER.length);
  return [...byTitle]
    .map(([title, own]) => ({ title, knobs: own }))
    .sort((a, b) => rank(prefixOf(a.knobs[0]!)) - rank(prefixOf(b.knobs[0]!)));
}
