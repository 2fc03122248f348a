import { expect, test } from 'vitest';
import type { Divergence } from '../abi/divergence.ts';
import type { Scenario } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import { divergence } from './lab/divergence.ts';
import type { Machine } from './machine/machine.ts';
import { BENCH } from './scene-rig.ts';

function find(scenario: Scenario, untilNs: Ns): Divergence {
  const answer = divergence({ scenario, untilNs }, BENCH);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

const columnsOf = ({ pages, vmstat, zone }: Machine): Buffer[] =>
  [vmstat, zone.lru.tails, pages.flags, pages.next, pages.lockedBy].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );

/** Event by event from the start, until page table, counters or what is due differ. */
function slowly(scenario: Scenario): { eventsDone: number; byNs: Ns } {
  const [a, b] = (['A', 'B'] as const).map((machine) => {
    const booted = Engine.boot(scenario, machine, undefined, false);
    if (!booted.ok) throw new Error('refused');
    return booted.value;
  });
  const [ours, theirs] = [columnsOf(a!.kernel.m), columnsOf(b!.kernel.m)];
  for (;;) {
    const { eventsDone } = a!;
    a!.step('event');
    b!.step('event');
    const isInTime = a!.nowNs === b!.nowNs && a!.kernel.sched.nextDueNs() === b!.kernel.sched.nextDueNs();
    const isAlike = isInTime && ours.every((column, at) => column.equals(theirs[at]!));
    if (!isAlike) return { eventsDone, byNs: Math.max(a!.nowNs, b!.nowNs) };
  }
}

test.each([seekyVsRange, memcgDdScene])(
  '$id: the first difference is where a search event by event finds it',
  (scene) => {
    const { at } = find(scene, 9 * S);
    const { eventsDone, byNs } = slowly(scene);
    expect(at!.eventsDone).toBe(eventsDone);
    expect(at!.atNs).toBeLessThanOrEqual(byNs);
  },
);

test('on seeky-vs-range: thread, function, step, page, and what either side did with it', () => {
  expect(find(seekyVsRange, 9 * S).at).toMatchObject({
    atNs: 6938294064,
    page: { file: 'data-1', index: 10665 },
    A: { by: { name: 'kswapd0' }, fn: 'shrink_page_list()', step: 'next', did: 'kept: referenced, RECLAIM_CLEAN' },
    B: { by: { name: 'kswapd0' }, fn: 'shrink_page_list()', did: 'dirty: set aside, locked, for clean_page_list()' },
  });
});

test('the same kernel on both sides: no difference; another disk: unlike from the start', () => {
  const same = { ...seekyVsRange, kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' } };
  expect(find(same, 9 * S)).toEqual({ unlike: [], untilNs: 9 * S });
  const smaller = { ...same, knobsOf: { A: {}, B: { 'machine.memory_mib': 128 } } };
  expect(find(smaller, 9 * S).unlike).toContain('pages');
});
