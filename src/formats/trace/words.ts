import type { Word } from './values.ts';
import { bdiWords } from './words/bdi.ts';
import { blkparseWords } from './words/blkparse.ts';
import { blockWords } from './words/block.ts';
import { filemapWords } from './words/filemap.ts';
import { pairs } from './words/pairs.ts';
import { shrinkSlabWords } from './words/shrink-slab.ts';

/** Finds the values in an event's text. */
export interface WordFinder {
  readonly words: (text: string) => readonly Word[];
  /** The text is whatever a program wrote: it may look like anything. */
  readonly isFree: boolean;
}
/** Undefined where the text is worded otherwise. */
type Find = (text: string) => readonly Word[] | undefined;

const whole = (text: string): readonly Word[] => [{ name: 'text', start: 0, end: text.length, as: 'any' }];
const number: Find = (text) => (/^-?\d+$/.test(text) ? [{ name: 'pages', start: 0, end: text.length }] : undefined);

/** Events that print no key=value, by how their names begin. All others, and these where they are worded otherwise, are pairs. */
const FINDERS: readonly (readonly [begin: string, find: Find])[] = [
  ['block_', blockWords],
  ['mm_filemap_', filemapWords],
  ['mm_shrink_slab_', shrinkSlabWords],
  ['writeback_pages_written', number],
  ['writeback_', bdiWords],
  ['balance_dirty_pages', bdiWords],
  ['bdi_dirty_ratelimit', bdiWords],
  ['tracing_mark_write', whole],
  ['print', whole],
  ['bprint', whole],
];

/** What blkparse prints: one wording for all events. */
export const BLKPARSE_WORDS: WordFinder = { words: (text) => blkparseWords(text) ?? whole(text), isFree: false };

export function finderOf(event: string): WordFinder {
  const own = FINDERS.find(([begin]) => event.startsWith(begin))?.[1];
  return { words: (text) => own?.(text) ?? pairs(text), isFree: own === whole };
}

/** blkparse's actions, by the tracepoint that blktrace hooks for them. */
export const ACTION_EVENTS: Readonly<Record<string, string>> = {
  Q: 'block_bio_queue',
  G: 'block_getrq',
  I: 'block_rq_insert',
  D: 'block_rq_issue',
  C: 'block_rq_complete',
  R: 'block_rq_requeue',
  M: 'block_bio_backmerge',
  F: 'block_bio_frontmerge',
  A: 'block_bio_remap',
  P: 'block_plug',
  U: 'block_unplug',
  UT: 'block_unplug',
  X: 'block_split',
};
