import type { Word } from '../values.ts';

const KEY = /(^|[\s(,])([A-Za-z_][\w.[\]]*)=/g;
/** The option `fields` prints every number twice. */
const TWICE = /^0x[0-9a-f]+ \((-?\d+)\)$/;

/** Names of the kernel's structs, printed by the option `fields` and by `trace-cmd -R`, that are printed otherwise by default. */
const PRINTED_NAMES: Readonly<Record<string, string>> = {
  highest_zoneidx: 'classzone',
  nr_activate0: 'nr_activate_anon',
  nr_activate1: 'nr_activate_file',
  reclaim_flags: 'flags',
  nr_objects_to_shrink: 'objects to shrink',
  cache_items: 'cache items',
  unused_scan: 'unused scan count',
  new_scan: 'new scan count',
  retval: 'last shrinker return val',
  for_kupdate: 'kupdate',
  for_background: 'background',
  writeback_index: 'index',
  nr_to_write: 'to_write',
};

/** `key=value key=value`, a value reaching up to the next key; what stands before the first is a field `text`. */
export function pairs(text: string, from = 0): Word[] {
  const keys = [...text.slice(from).matchAll(KEY)].map((found) => ({
    name: found[2]!,
    keyAt: from + found.index,
    valueAt: from + found.index + found[0].length,
  }));
  const words: Word[] = [];
  const firstAt = keys[0]?.keyAt ?? text.length;
  if (firstAt > from) words.push({ name: 'text', start: from, end: firstAt, as: 'any' });
  keys.forEach(({ name, valueAt }, row) => {
    const next = keys[row + 1];
    const end = next ? trimmedEnd(text, valueAt, next.keyAt) : text.length;
    words.push(...wordsOf(text, PRINTED_NAMES[name] ?? name, valueAt, end));
  });
  return words;
}

/** Padding after a value and a comma belong to the words around it, else each width would be a shape of its own. */
function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === ',')) at--;
  return at;
}

function wordsOf(text: string, name: string, start: number, end: number): Word[] {
  const twice = TWICE.exec(text.slice(start, end));
  if (!twice) return [{ name, start, end }];
  const close = end - 1;
  const decimalAt = close - twice[1]!.length;
  return [
    { name: `${name} (hex)`, start, end: decimalAt - 2 },
    { name, start: decimalAt, end: close },
  ];
}
