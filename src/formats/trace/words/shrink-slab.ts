import type { Word } from '../values.ts';

const SHRINKER = /^(.*?): /d;
const FIELD = / ?(gfp_flags) (\S*)| ?([a-z][a-z_ ]*?):? (-?\d+)(?![^ ])/dy;

/** `super_cache_scan+0x0/0x1f0 00000000b58cb9fb: nid: 0 objects to shrink 14 gfp_flags GFP_KERNEL cache items 11 …`. */
export function shrinkSlabWords(text: string): Word[] | undefined {
  const shrinker = SHRINKER.exec(text)?.indices;
  if (!shrinker) return undefined;
  const words: Word[] = [{ name: 'shrinker', start: 0, end: shrinker[1]![1], as: 'any' }];
  let at = shrinker[0]![1] - 1;
  while (at < text.length) {
    FIELD.lastIndex = at;
    const found = FIELD.exec(text);
    if (!found) return undefined;
    const isFlags = found[1] !== undefined;
    const [start, end] = found.indices![isFlags ? 2 : 4]!;
    words.push({ name: (found[1] ?? found[3])!, start, end, as: isFlags ? 'word' : undefined });
    at = end;
  }
  return words;
}
