import { expect, test } from 'vitest';
import { LIFE, type LifeEvent, type PageState } from '../../abi/page-life.ts';
import { doerText, freeable, rowText, stackText, titleOf } from './text.ts';

const state = (pfn: number, bits = 0, swapSlot = -1): PageState => ({ pfn, bits, list: 2, laps: 0, swapSlot });
const event: LifeEvent = {
  atNs: 2e9,
  by: { thread: 0, letter: 'K', name: 'kswapd0', actor: 1 },
  fn: 'pageout()',
  rule: 'R4.5',
  says: '->writepage, 41 ahead in queue',
  stack: ['shrink_page_list', 'kswapd'],
  state: state(0x1a2c, LIFE.WRITEBACK),
};
const disk: LifeEvent = {
  ...event,
  by: { thread: -1, letter: '', name: 'disk', actor: -1 },
  fn: '',
  says: 'seek 2.1',
  stack: [],
};

test('the page goes by the frame that holds it then', () => {
  const events = [event, { ...event, atNs: 3e9, state: state(-1) }, { ...event, atNs: 4e9, state: state(-1, 0, 12) }];
  expect([1, 2.5, 3.5, 5].map((s) => titleOf(events, s * 1e9))).toEqual([
    'Page, not in memory yet',
    'Page 0x1a2c',
    'Page, not in memory',
    'Page in swap slot 12',
  ]);
});

test('a row for the eye and for the ear', () => {
  expect([doerText(event), doerText(disk)]).toEqual(['K pageout()', 'disk']);
  expect(rowText(event)).toBe('2.000 s: kswapd0, pageout(): ->writepage, 41 ahead in queue');
  expect(rowText(disk)).toBe('2.000 s: the disk: seek 2.1');
  expect(stackText(event)).toBe('kswapd0: shrink_page_list() ← kswapd() · model R4.5');
});

test('hue says whether it can be freed', () => {
  const states = [state(-1), state(1), state(1, LIFE.DIRTY), state(1, LIFE.DIRTY | LIFE.WRITEBACK)];
  expect(states.map(freeable)).toEqual(['free', 'clean', 'dirty', 'writeback']);
});
