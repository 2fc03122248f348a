import type { Word } from '../values.ts';
import { pairs } from './pairs.ts';

const FRONT = /^dev (\d+:\d+) ino ([0-9a-f]+) /d;

/** `dev 8:1 ino c pfn=0x9d7 ofs=62468096 order=0`: the inode is hexadecimal without saying so. */
export function filemapWords(text: string): Word[] | undefined {
  const places = FRONT.exec(text)?.indices;
  if (!places) return undefined;
  const [dev, ino] = [places[1]!, places[2]!];
  return [
    { name: 'dev', start: dev[0], end: dev[1], as: 'word' },
    { name: 'ino', start: ino[0], end: ino[1], as: 'hex' },
    ...pairs(text, places[0]![1] - 1),
  ];
}
