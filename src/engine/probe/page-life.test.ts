import { expect, test } from 'vitest';
import { type As, type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from '../reclaim/shrink-inactive.ts';
import { PageLife } from './page-life.ts';

/** What happens to the first page of file A, or of anonymous memory, when `as` shrinks its list once. */
function story(
  drawing: string,
  as: As,
  options: DrawingOptions = {},
  then: (drawn: Drawn) => void = () => {},
): string[] {
  const anon = drawing.includes('anon:');
  const life = new PageLife({ space: anon ? 1 : 0, index: 0 });
  const drawn = machineFromText(drawing, { ...options, instruments: life.instruments });
  drawn.run(as, (k, t) => shrinkInactiveList(k, t, 1, !anon));
  then(drawn);
  life.finish(drawn.k);
  const isDrawing = life.events.findIndex(({ by }) => by.thread > 0);
  return life.events.slice(isDrawing).map(({ by, fn, rule, says }) => `${by.letter || by.name}: ${fn} ${rule} ${says}`);
}

const judged = (drawing: string, as: As, options?: DrawingOptions): string | undefined =>
  story(drawing, as, options).find((line) => !line.includes('isolate_lru_pages'));

test('R3.8: a dirty page that was referenced is kept for a lap', () => {
  expect(judged('inactive_file: a*!', 'kswapd')).toBe(
    'K: shrink_page_list() §3.6 row 11 kept: referenced, RECLAIM_CLEAN, lap 1',
  );
});

test('R3.8: a young pte keeps a page once, and activates it the second time', () => {
  expect(judged('inactive_file: a^', 'kswapd')).toBe(
    'K: page_check_references() R3.8 kept: referenced, its pte is young, for the first time',
  );
  expect(judged('inactive_file: a*^', 'kswapd')).toBe(
    'K: page_check_references() R3.8 activated: referenced, its pte is young',
  );
});

test('a clean page is freed, a locked one and one under writeback are kept', () => {
  expect(judged('inactive_file: a', 'direct')).toBe(
    'D: shrink_page_list() §3.6 row 14 clean and not referenced: freed',
  );
  expect(judged('inactive_file: a@', 'direct')).toBe(
    'D: shrink_page_list() §3.6 row 1 kept: PG_locked, a read of it is in flight',
  );
});

test('R4.1, R4.5, R3.38: pageout() writes the page, the disk serves it, its end brings it to the tail', () => {
  const lines = story('inactive_file: b{3}/B a/A:0!', 'kswapd', {}, (drawn) => drawn.passNs(1e9));
  expect(lines).toEqual([
    'K: isolate_lru_pages() R3.12 isolated from the tail of inactive_file',
    'K: pageout() R4.5 ->writepage, 0 ahead in queue',
    'K: putback_lru_pages() R3.26 back to the head of inactive_file',
    'disk:  R7.10 seek 0.00, rotate 0.00, write 0.00 ms, after 3.0 ms in the queue',
    'disk: end_page_writeback() R3.38 clean, to the tail',
  ]);
});

test('P5.1, P6.2: set aside for a range, and skipped where direct reclaim may not write', () => {
  expect(judged('inactive_file: a!', 'kswapd', { kernel: 'rfc-v1-p5' })).toBe(
    'K: shrink_page_list() P5.1 dirty: set aside, locked, for clean_page_list(), ->writepage, 0 ahead in queue',
  );
  expect(judged('inactive_file: a!', 'direct', { kernel: 'rfc-v1' })).toBe(
    'D: shrink_page_list() P6.2 skipped: dirty, and direct reclaim may not write it, lap 1',
  );
});

test('R4.2: a filesystem that will not write for reclaim leaves the page dirty', () => {
  expect(judged('inactive_file: a!', 'direct', { filesystem: 'xfs' })).toBe(
    'D: pageout() R4.1 kept: the filesystem would not write it, lap 1',
  );
});

test('R4.7, R4.9: an anonymous page gets a slot and is written to swap; R3.22: without a slot it is activated', () => {
  expect(judged('inactive_anon: a', 'kswapd')).toBe('K: pageout() R4.9 swap_writepage to slot 1, 0 ahead in queue');
  expect(judged('swap 1\ninactive_anon: a', 'kswapd')).toBe(
    'K: shrink_page_list() §3.6 row 9 activated: no swap slot is free',
  );
});

test('nothing is slower or different without an instrument: the watched run leaves the same lists', () => {
  const drawing = 'inactive_file: a! b* c d^ e*!';
  const [plain, watched] = [{}, { instruments: new PageLife({ space: 0, index: 0 }).instruments }].map((options) => {
    const drawn = machineFromText(drawing, options);
    drawn.run('kswapd', (k, t) => shrinkInactiveList(k, t, 32, true));
    return [drawn.list('inactive_file'), drawn.list('active_file'), drawn.free, drawn.k.nowNs];
  });
  expect(watched).toEqual(plain);
});
