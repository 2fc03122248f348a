import type { CSSProperties } from 'react';

/** These grow into the height that is left over. */
const TALL: Readonly<Record<string, string>> = { disk: 'minmax(122px, 1fr)' };
/** Stands at the right of another view, where both are open and there is room. */
const BESIDE: Readonly<Record<string, string>> = { memory: 'stacks' };
/** On a phone what matters most comes first. */
const FIRST_WHEN_NARROW = ['cycle', 'lru', 'lens', 'disk'];

/**
 * The lane's grid as custom properties: a row per view, in the registry's order; style sheets pick by the page's width. `alone`:
 * those that share their row with no other.
 */
export function gridOf(views: readonly string[], alone: readonly string[] = []): CSSProperties {
  const narrow = [
    ...views.filter((id) => FIRST_WHEN_NARROW.includes(id)),
    ...views.filter((id) => !FIRST_WHEN_NARROW.includes(id)),
  ];
  const wide = rowsOf(views, true, alone);
  const single = rowsOf(views, false, alone);
  const phone = rowsOf(narrow, true, alone);
  return {
    '--areas': areas(wide),
    '--rows': heights(wide, views.length),
    '--areas-single': areas(single),
    '--rows-single': heights(single, views.length),
    '--areas-narrow': areas(phone),
  } as CSSProperties;
}

type Row = readonly [string, string];

function rowsOf(views: readonly string[], paired: boolean, alone: readonly string[]): readonly Row[] {
  const pairs = views.filter((id) => ![id, BESIDE[id]].some((one) => one !== undefined && alone.includes(one)));
  const isPartner = (id: string) => paired && pairs.some((other) => BESIDE[other] === id);
  return views
    .filter((id) => !isPartner(id))
    .map((id): Row => {
      const partner = BESIDE[id];
      const isPair = paired && partner !== undefined && pairs.includes(id) && views.includes(partner);
      return [id, isPair ? partner : id];
    });
}

const areas = (rows: readonly Row[]): string =>
  [['head', 'head'], ['stop', 'stop'], ...rows].map(([left, right]) => `"${left} ${right}"`).join(' ');

/** A view alone in its lane has all of it. */
const heights = (rows: readonly Row[], views: number): string =>
  `auto auto ${rows.map(([id]) => (views === 1 ? 'minmax(0, 1fr)' : (TALL[id] ?? 'auto'))).join(' ')}`;
