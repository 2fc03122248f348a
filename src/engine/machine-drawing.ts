import { assert } from '../abi/errors.ts';
import type { Pages } from '../abi/units.ts';
import { ACTIVE_ANON } from './machine/lru.ts';
import type { MemcgSpec } from './machine/memcg.ts';

/*
 * The text that machine-from-text.ts makes a machine of. Lines:
 *
 *   min 1 low 2 high 3 free 4 swap 64 present 16384     what is not named: 0, swap 64, present as many as there are
 *   file A 512                                          size in pages; a file that is only used has 4096
 *   file A 512 new                                      never written: its cached pages must be dirty
 *   memcg tiny 16 soft 8 in box                         limit, soft limit and the group above, which stands earlier;
 *                                                       patient: oom_kill_disable
 *   inactive_file: a b* c/B:7! d{3}                     newest first; active_file, inactive_anon, active_anon alike
 *
 * A page is a name, perhaps `{n}` (n pages: d1, d2, d3), perhaps /FILE (else A) and :INDEX (else the next one), then marks:
 * * PG_referenced, ! dirty, ' mapped, ^ mapped and young, ~ under writeback, % PG_reclaim, $ in the swap cache, @ locked by
 * an I/O, & charged to the first memcg, &2 to the second. Anon pages are mapped unless marked $ (then $' is mapped too).
 */

/** In the order of their numbers. */
export const LISTS = [
  'inactive_anon',
  'active_anon',
  'inactive_file',
  'active_file',
  'unevictable',
  'dirty_file',
] as const;
export type ListName = (typeof LISTS)[number];
const FILE_PAGES = 4096;
export const ANON_SPACE = 'anon';
const DEFAULT_FILE = 'A';

export type DrawnPage = Readonly<{ name: string; list: number; file: string; index: Pages; marks: string }>;
export interface Drawing {
  readonly numbers: Record<string, number>;
  readonly files: Record<string, Pages>;
  /** Files that were never written. */
  readonly newFiles: string[];
  readonly memcgs: MemcgSpec[];
  readonly pages: DrawnPage[];
}

export function parseDrawing(text: string): Drawing {
  const files = { [DEFAULT_FILE]: FILE_PAGES };
  const drawing: Drawing = { numbers: { free: 0, swap: 64 }, files, newFiles: [], memcgs: [], pages: [] };
  const next: Record<string, Pages> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    const words = line.split(/\s+/);
    const [first, second, third] = words;
    if (line === '') continue;
    if (first === 'file') {
      drawing.files[second!] = Number(third);
      if (words[3] === 'new') drawing.newFiles.push(second!);
    } else if (first === 'memcg') drawing.memcgs.push(parseMemcg(drawing, words));
    else if (first!.endsWith(':')) {
      const list = LISTS.indexOf(first!.slice(0, -1) as ListName);
      assert(list >= 0, () => `no list ${first}`);
      for (const word of words.slice(1)) drawing.pages.push(...parsePages(drawing, word, list, next));
    } else {
      for (let at = 0; at < words.length; at += 2) drawing.numbers[words[at]!] = Number(words[at + 1]);
    }
  }
  return drawing;
}

function parseMemcg({ memcgs }: Drawing, [, name, limit, ...rest]: readonly string[]): MemcgSpec {
  const after = (word: string) => (rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined);
  const soft = after('soft');
  const above = after('in');
  const oomKillDisable = rest.includes('patient');
  return {
    name: name!,
    limitPages: Number(limit),
    ...(soft === undefined ? {} : { softLimitPages: Number(soft) }),
    ...(oomKillDisable ? { oomKillDisable } : {}),
    ...(above === undefined ? {} : { parent: memcgs.findIndex((one) => one.name === above) }),
  };
}

const PAGE = /^([A-Za-z]\w*)(?:\{(\d+)\})?(?:\/(\w+)(?::(\d+))?)?((?:[*!'^~%$@]|&\d?)*)$/;

function parsePages(drawing: Drawing, word: string, list: number, next: Record<string, Pages>): DrawnPage[] {
  const found = PAGE.exec(word);
  assert(found !== null, () => `cannot read the page "${word}"`);
  const [, name, count, inFile, index, marks] = found;
  const file = list <= ACTIVE_ANON ? ANON_SPACE : (inFile ?? DEFAULT_FILE);
  if (file !== ANON_SPACE) drawing.files[file] ??= FILE_PAGES;
  return Array.from({ length: Number(count ?? 1) }, (_, at) => {
    const mine = index === undefined ? (next[file] ?? 0) : Number(index);
    next[file] = mine + 1;
    return { name: count === undefined ? name! : `${name}${at + 1}`, list, file, index: mine, marks: marks! };
  });
}
