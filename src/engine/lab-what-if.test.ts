import { expect, test } from 'vitest';
import type { MachineId } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';
import { type Decision, OUTCOMES, type WhatIf } from '../abi/what-if.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import { decision } from './lab/decision.ts';
import { whatIf } from './lab/what-if.ts';
import { BENCH } from './scene-rig.ts';

const scenario = seekyVsRange;

function nextDecision(machine: MachineId, fromNs: Ns): Decision {
  const answer = decision({ scenario, machine, untilNs: 60 * S, fromNs }, BENCH);
  if (!answer.ok || answer.value.decision === undefined) throw new Error('no decision');
  return answer.value.decision;
}

function outcomes(machine: MachineId, taken: Decision, untilNs: Ns): WhatIf[] {
  return OUTCOMES.map((outcome) => {
    const answer = whatIf({ scenario, machine, decision: taken, outcome, untilNs }, BENCH);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  });
}

/** The run as it is: hashes right before a time, and at another. */
function untouched(machine: MachineId, ...times: Ns[]): string[] {
  const booted = Engine.boot(scenario, machine, undefined, false);
  if (!booted.ok) throw new Error('refused');
  return times.map((ns) => {
    booted.value.advance(ns);
    return booted.value.hash();
  });
}

test('one decision taken otherwise: all is the same before it, and the kernel’s own outcome is the run itself', () => {
  const taken = nextDecision('A', 12 * S);
  expect(taken).toMatchObject({
    nth: 1,
    by: { letter: 'W3' },
    page: { file: 'data-1', index: 10665 },
    says: '->writepage',
  });
  const untilNs = taken.atNs + 0.5 * S;
  const [keep, page, range] = outcomes('A', taken, untilNs);
  const [before, after] = untouched('A', taken.atNs - 1, untilNs);
  expect([keep, page, range].map((one) => one!.hashBefore)).toEqual([before, before, before]);
  expect(page!.hashAfter).toBe(after);
  expect(new Set([keep, page, range].map((one) => one!.hashAfter)).size).toBe(3);
  const story = ({ events }: WhatIf) => events.map(({ fn, says }) => `${fn} ${says}`);
  expect(story(keep!)[0]).toContain('lap 2');
  expect(story(page!)[0]).toBe('pageout() ->writepage, 0 ahead in queue');
  expect(story(range!)[0]).toMatch(/^clean_page_list\(\) ->writepages over a range of its file/);
  expect(range!.range).toEqual({ first: 2116, last: 10665 });
  expect(range!.sums.pagesWritten).toBeGreaterThan(page!.sums.pagesWritten);
  for (const { requests, sums } of [keep!, page!, range!])
    expect(Math.abs(requests.endNs.length - sums.requests)).toBeLessThanOrEqual(1); // one may be in the disk's hands
});

test('where the kernel may not write, a page can be written all the same', () => {
  const taken = nextDecision('B', 12 * S);
  expect(taken.says).toBe('skipped: dirty, and direct reclaim may not write it');
  const untilNs = taken.atNs + 0.2 * S;
  const [keep, page] = outcomes('B', taken, untilNs);
  expect(keep!.hashBefore).toBe(page!.hashBefore);
  expect(keep!.events.some(({ fn }) => fn === 'pageout()')).toBe(false);
  expect(page!.events[0]).toMatchObject({ fn: 'pageout()', by: { letter: 'R' } });
});

test('a decision that the run does not come to is refused', () => {
  const taken = { ...nextDecision('A', 12 * S), nth: 1e9 };
  const answer = whatIf({ scenario, machine: 'A', decision: taken, outcome: 'keep', untilNs: taken.atNs + 1 }, BENCH);
  expect(answer).toMatchObject({ ok: false, error: { message: 'the run has no such decision' } });
});
