import { expect, test } from 'vitest';
import type { Parting, PartingSide } from '../../abi/divergence.ts';
import { divergenceText } from './text.ts';

const side: PartingSide = {
  by: { thread: 0, letter: 'K', name: 'kswapd0', actor: 1 },
  fn: 'shrink_page_list()',
  step: 'next',
  did: 'kept: referenced, RECLAIM_CLEAN',
  rule: 'R3.8',
  stack: [],
  trace: [],
};
const at: Parting = {
  atNs: 6938294064,
  eventsDone: 17995,
  A: side,
  B: { ...side, did: 'dirty: set aside' },
  page: { space: 0, index: 10665, file: 'data-1' },
  counters: [],
};

test('one sentence says when, who, which page, and what either did', () => {
  expect(divergenceText({ at, unlike: [], untilNs: 60e9 })).toBe(
    'After 17\u2009995 equal events, at 6.938294 s, kswapd0 treats page 10\u2009665 of data-1 differently. ' +
      'A: kept: referenced, RECLAIM_CLEAN. B: dirty: set aside.',
  );
});

test('no difference, and machines that are not alike, are said too', () => {
  expect(divergenceText({ unlike: [], untilNs: 60e9 })).toBe(
    'No difference in 60.000 s: event for event they do the same.',
  );
  expect(divergenceText({ unlike: ['pages', 'zone'], untilNs: 60e9 })).toBe(
    'A and B are not alike at boot already: pages, zone.',
  );
});
