import { expect, test } from 'vitest';
import type { Stall } from '../../abi/stall.ts';
import { findStall, headline, listText, shareText } from './text.ts';

const stall = (thread: number, fromMs: number, toMs: number): Stall => ({
  task: { thread, letter: 'W1', name: 'writer-1', actor: 2 },
  cause: 0,
  fromNs: fromMs * 1e6,
  toNs: toMs * 1e6,
  reason: 'get_request_wait',
  links: [],
});

test('a stall, the list and what the disk did, in words', () => {
  expect(headline(stall(1, 1500, 1752.7))).toBe('writer-1 was in direct reclaim for 252.7 ms from 1.500\u00a0s');
  expect(headline({ ...stall(1, 1500, 1502), cause: 2 })).toBe('writer-1 was throttled for 2.0 ms from 1.500\u00a0s');
  expect(listText({ stalls: [stall(1, 0, 5)], count: 2, totalNs: 7e6 })).toBe(
    '2 stalls of at least 1 ms, 7.0 ms in all, the longest 1 of them here',
  );
  expect(listText({ stalls: [], count: 0, totalNs: 0 })).toBe('No program has been held up for a millisecond yet.');
  expect(shareText({ requests: 1, seekNs: 8e6, rotateNs: 0.5e6, transferNs: 0, otherNs: 1e6 })).toBe(
    '1 request before it was over: seek 8.0, rotate 0.50, transfer 0.00, other 1.0 ms',
  );
});

test('a stall is found by its task and a time in it, or near it', () => {
  const stalls = [stall(1, 100, 200), stall(2, 100, 400), stall(1, 300, 310)];
  const at = (task: number, ms: number) => findStall(stalls, { machine: 'A', task, atNs: ms * 1e6 }, 50e6);
  expect([at(1, 150), at(2, 150), at(1, 305), at(1, 320), at(1, 900), at(3, 150)]).toEqual([0, 1, 2, 2, -1, -1]);
});
