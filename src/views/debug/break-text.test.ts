import { describe, expect, test } from 'vitest';
import type { Hit } from '../../abi/breakpoint.ts';
import type { Parting, PartingSide } from '../../abi/divergence.ts';
import type { MachineFrame, TaskFrame } from '../../abi/frame.ts';
import { breaksBeside, culpritOf, endText, parseBytes, tracedBreaksText } from './break-text.ts';
import { TERMS } from './terms.ts';
import { stackRows } from './text.ts';

const atNs = 14_203_417_000;
const hit: Hit = { kind: 'direct-writepage', atNs, who: 'dd', value: 0, bound: 0 };
const stoppedBy = (one: Partial<Hit>) => endText({ by: 'hit', atNs, hits: { A: { ...hit, ...one } } }, 60);

describe('why a run was stopped, in one sentence', () => {
  test.each([
    [{}, 'direct reclaim of dd called ->writepage (R4.1).'],
    [
      { kind: 'stack', value: 4256, bound: 4096 },
      'the stack of dd got 4\u2009256 bytes deep, more than 4\u2009096 (§11.4).',
    ],
    [{ kind: 'free-below-min', value: 255, bound: 256 }, '255 pages are free, and min is 256 (R1.6).'],
    [{ kind: 'oom' }, 'the OOM killer chose dd (R1.12).'],
    [
      { kind: 'memcg-limit', value: 3072 },
      'group dd has no room for a charge below its limit of 3\u2009072 pages (R6.4).',
    ],
  ] as const)('%j', (one, said) => {
    expect(stoppedBy(one)).toBe(`A stopped at 14.203\u2009417 s: ${said}`);
  });

  test('by both at one time; by a difference, now or long ago; by nothing', () => {
    const both = endText({ by: 'hit', atNs, hits: { A: hit, B: { ...hit, kind: 'oom' } } }, 60);
    expect(both).toBe(
      'A stopped at 14.203\u2009417 s: direct reclaim of dd called ->writepage (R4.1). B at the same time: the OOM killer chose dd (R1.12).',
    );
    const side = { by: { name: 'kswapd0' }, did: 'keeps it' } as PartingSide;
    const parting = { atNs, eventsDone: 17_995, A: side, B: { ...side, did: 'writes it' } } as Parting;
    expect(endText({ by: 'parting', atNs, parting }, 60)).toBe(
      'A and B differ at 14.203\u2009417 s, after 17\u2009995 equal events. A, kswapd0: “keeps it”. B, kswapd0: “writes it”.',
    );
    expect(endText({ by: 'parting', atNs: 20e9, parting }, 60)).toBe(
      'A and B differ already: since 14.203\u2009417 s.',
    );
    expect(endText({ by: 'end', atNs: 60e9 }, 60)).toBe('The scene ends at 60 s, and nothing of this has come up.');
  });
});

test('whoever stopped a machine is asked of that machine alone', () => {
  expect(culpritOf({ by: 'hit', atNs, hits: { A: hit } }, 'A')).toBe(hit);
  expect(culpritOf({ by: 'hit', atNs, hits: { A: hit } }, 'B')).toBeUndefined();
  expect(culpritOf('under way', 'A')).toBeUndefined();
});

test('a depth is a whole number of bytes that a stack can have; else one sentence says what is allowed', () => {
  expect(parseBytes('4096', 8192)).toBe(4096);
  expect(parseBytes(' 4 096 ', 8192)).toBe(4096);
  expect(parseBytes('8191', 8192)).toBe(8191);
  for (const wrong of ['', '0', '8192', '-1', '4k', '1.5']) {
    expect(parseBytes(wrong, 8192)).toBe(
      `Stack depth is “${wrong}”; it must be a whole number of bytes from 1 to 8\u2009191.`,
    );
  }
});

test('bytes and depth are defined by what the table shows of the innermost function', () => {
  const stack = [
    { name: 'get_request_wait', step: '', bytes: 1440 },
    { name: 'shrink_page_list', step: '', bytes: 384 },
  ];
  const tasks = [
    { name: 'dd', stack, stackBytes: 1824 },
    { name: 'gone', stack: [], stackBytes: 0 },
  ] as unknown as TaskFrame[];
  const [bytes, depth] = TERMS.map(({ of }) => of({ tasks } as unknown as MachineFrame));
  expect(bytes).toEqual(['dd: 1\u2009440 in get_request_wait']);
  expect(depth).toEqual(['dd: 1\u2009824 bytes']);
  expect(stackRows(stack)[0]).toMatchObject({ bytes: 1440, totalBytes: 1824 });
});

test('beside a trace nothing waits for A and B to differ, and what the trace can meet is said', () => {
  const whats = (traced?: 'A') => breaksBeside(traced).map(({ what }) => what);
  expect(whats()).toHaveLength(6);
  expect(whats('A')).toEqual(whats().filter((what) => what !== 'divergence'));
  expect(tracedBreaksText('B')).toBe(
    'B is a trace: of these only a call of ->writepage by direct reclaim is an event in it. The others are watched in A alone.',
  );
});
