import type { CellOrder } from '../abi/look.ts';
import type { AppState } from './app-store.ts';
import { SEEK_DEFINITIONS, type Sheet } from './layout.ts';
import type { Thing } from './selection.ts';

/** What a link keeps of the screen besides the run: which views are open, what is marked and pinned. Not the theme. */
export type LinkedLayout = Pick<
  AppState,
  'panels' | 'enlarged' | 'dock' | 'order' | 'seeks' | 'sheet' | 'zoom' | 'markers' | 'pinned' | 'mode'
>;
type Words = Readonly<Record<string, string | number>>;

const PLAIN: LinkedLayout = {
  panels: {},
  enlarged: undefined,
  dock: undefined,
  order: 'list',
  seeks: 'over_128',
  sheet: 'lanes',
  zoom: undefined,
  markers: {},
  pinned: undefined,
  mode: 'desk',
};
const ORDERS: readonly CellOrder[] = ['list', 'file', 'pfn'];
const SHEETS: readonly Sheet[] = ['lanes', 'numbers', 'page', 'knobs', 'dock'];
/** Of views and memory cgroups; a name with anything else in it is left out of the link. */
const NAME = /^[\w.-]{1,64}$/;

/** Only what differs from how the program opens, as short words: most links carry none. */
export function layoutToWords(state: LinkedLayout): Words {
  const { panels, enlarged, dock, order, seeks, sheet, zoom, markers, pinned, mode } = state;
  const turned = Object.entries(panels).map(([id, to]) => `${to === 'open' ? '+' : '-'}${id}`);
  const words: Record<string, string | number | undefined> = {
    views: turned.sort().join(' ') || undefined,
    enlarged,
    dock,
    order: order === PLAIN.order ? undefined : order,
    seeks: seeks === PLAIN.seeks ? undefined : seeks,
    sheet: sheet === PLAIN.sheet ? undefined : sheet,
    from: zoom?.fromNs,
    to: zoom?.toNs,
    a: markers.a,
    b: markers.b,
    pinned: pinned && thingToWord(pinned),
    // A frame is one by its address, not by its link: the link in it opens the whole page.
    mode: mode === 'presenter' ? mode : undefined,
  };
  return Object.fromEntries(
    Object.entries(words).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

/** A word of another program, or of an earlier one, is passed over: a layout is never a reason to refuse a link. */
export function layoutFromWords(words: Words): LinkedLayout {
  const named = (key: string) => (NAME.test(String(words[key] ?? '')) ? String(words[key]) : undefined);
  const time = (key: string) => (typeof words[key] === 'number' ? words[key] : undefined);
  const [fromNs, toNs, a, b] = [time('from'), time('to'), time('a'), time('b')];
  return {
    panels: panelsFrom(String(words.views ?? '')),
    enlarged: named('enlarged'),
    dock: named('dock'),
    order: ORDERS.find((order) => order === words.order) ?? PLAIN.order,
    seeks: SEEK_DEFINITIONS.find((seeks) => seeks === words.seeks) ?? PLAIN.seeks,
    sheet: SHEETS.find((sheet) => sheet === words.sheet) ?? PLAIN.sheet,
    zoom: fromNs !== undefined && toNs !== undefined && fromNs < toNs ? { fromNs, toNs } : undefined,
    markers: { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) },
    pinned: thingFromWord(String(words.pinned ?? '')),
    mode: words.mode === 'presenter' ? 'presenter' : 'desk',
  };
}

function panelsFrom(word: string): LinkedLayout['panels'] {
  const turned = word.split(' ').filter((one) => /^[+-]/.test(one) && NAME.test(one.slice(1)));
  return Object.fromEntries(turned.map((one) => [one.slice(1), one.startsWith('+') ? 'open' : 'closed']));
}

function thingToWord(thing: Thing): string | undefined {
  switch (thing.kind) {
    case 'page':
      return `page:${thing.space}:${thing.index}`;
    case 'request':
      if (thing.startNs < 0) return undefined; // still queued: nobody will find it by that
      return `request:${thing.machine}:${thing.disk}:${thing.startNs}:${thing.sector}:${thing.sectors}`;
    case 'task':
      return `task:${thing.id}`;
    case 'memcg':
      return NAME.test(thing.name) ? `memcg:${thing.name}` : undefined;
  }
}

function thingFromWord(word: string): Thing | undefined {
  const [kind, ...rest] = word.split(':');
  const numbers = rest.map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : Number.NaN));
  const [first = Number.NaN, second = Number.NaN, startNs = Number.NaN, sector, sectors] = numbers;
  if (kind === 'page' && first >= 0 && second >= 0) return { kind, space: first, index: second };
  if (kind === 'task' && first >= 0) return { kind, id: first };
  if (kind === 'memcg' && NAME.test(rest[0] ?? '')) return { kind, name: rest[0] ?? '' };
  const machine = rest[0] === 'A' || rest[0] === 'B' ? rest[0] : undefined;
  if (kind === 'request' && machine && second >= 0 && startNs >= 0 && sector !== undefined && sectors !== undefined)
    return { kind, machine, disk: second, startNs, sector, sectors };
  return undefined;
}
