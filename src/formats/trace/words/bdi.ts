import type { Word } from '../values.ts';
import { pairs } from './pairs.ts';

const FRONT = /^bdi (\S*): (?:sb_dev (\d+:\d+) )?/d;

/** `bdi 8:0: sb_dev 0:0 nr_pages=1440 …`; as raw fields `name=8:0 nr_pages=…`. */
export function bdiWords(text: string): Word[] {
  const places = FRONT.exec(text)?.indices;
  if (!places) return pairs(text).map((word) => (word.name === 'name' ? { ...word, name: 'bdi' } : word));
  const [all, bdi, dev] = [places[0]!, places[1]!, places[2]];
  const words: Word[] = [{ name: 'bdi', start: bdi[0], end: bdi[1], as: 'word' }];
  if (dev) words.push({ name: 'sb_dev', start: dev[0], end: dev[1], as: 'word' });
  return [...words, ...pairs(text, all[1] - 1)];
}
