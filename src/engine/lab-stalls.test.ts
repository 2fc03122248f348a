import { expect, test } from 'vitest';
import { LIFE } from '../abi/page-life.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { STALL_CAUSES, type Stall } from '../abi/stall.ts';
import { MS, type Ns, S } from '../abi/units.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import { biography } from './lab/biography.ts';
import { stalls } from './lab/stalls.ts';
import type { Task } from './machine/task.ts';
import { BENCH } from './scene-rig.ts';

function stallsOf(scenario: Scenario, machine: MachineId, untilNs: Ns): readonly Stall[] {
  const answer = stalls({ scenario, machine, untilNs }, BENCH);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.stalls;
}

const lasted = ({ fromNs, toNs }: Stall): Ns => toNs - fromNs;

/** How long each reclaim of a task took, by what the kernel itself adds up: [task, ns], in order of their ends. */
function reclaims(scenario: Scenario, machine: MachineId, untilNs: Ns): [task: number, ns: Ns][] {
  const booted = Engine.boot(scenario, machine, undefined, false);
  if (!booted.ok) throw new Error('refused');
  const before = new Map<number, Ns>();
  const found: [number, Ns][] = [];
  booted.value.checker = (k) => {
    for (const thread of k.sim.threads) {
      const { id, stalledNs } = thread as Task;
      const ns = stalledNs - (before.get(id) ?? 0);
      if (ns >= MS) found.push([id, ns]);
      before.set(id, stalledNs);
    }
  };
  booted.value.advance(untilNs);
  return found;
}

const CASES = [
  { scene: seekyVsRange, machine: 'A', untilNs: 16.5 * S },
  { scene: memcgDdScene, machine: 'A', untilNs: 4 * S },
] as const;

test.each(CASES)(
  'the stalls of $scene.id are its reclaims, and the links of each add up to it',
  ({ scene, machine, untilNs }) => {
    const found = stallsOf(scene, machine, untilNs);
    const inReclaim = found.filter(({ cause }) => STALL_CAUSES[cause]!.endsWith('reclaim'));
    const byEnd = inReclaim.toSorted((a, b) => a.toNs - b.toNs).map((stall) => [stall.task.thread, lasted(stall)]);
    expect(byEnd).toEqual(reclaims(scene, machine, untilNs));
    expect(byEnd.length).toBeGreaterThan(3);
    for (const stall of found) {
      expect(stall.links.reduce((sum, { ns }) => sum + ns, 0)).toBe(lasted(stall));
      for (const { ns, disk, atNs } of stall.links) {
        expect(ns).toBeGreaterThanOrEqual(0);
        expect(atNs).toBeGreaterThanOrEqual(stall.fromNs);
        if (disk === undefined) continue;
        const parts = [disk.seekNs, disk.rotateNs, disk.transferNs, disk.otherNs];
        expect(parts.every((part) => part >= 0)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(ns);
      }
    }
    expect(found.map(lasted)).toEqual(found.map(lasted).toSorted((a, b) => b - a));
  },
);

test('the page that a stall was about, who dirtied it and when, are what its biography says', () => {
  const { scene, machine, untilNs } = CASES[0];
  const [longest] = stallsOf(scene, machine, untilNs);
  expect(longest).toMatchObject({ task: { letter: 'W3' }, reason: 'get_request_wait' });
  const [link] = longest!.links;
  const dirtied = link!.because.find(({ says }) => says.startsWith('dirtied by'))!;
  const life = biography({ scenario: scene, machine, untilNs: link!.atNs, page: link!.page! }, BENCH);
  if (!life.ok) throw new Error('refused');
  const first = life.value.events.find(({ state }) => (state.bits & LIFE.DIRTY) !== 0)!;
  expect(dirtied).toEqual({ atNs: first.atNs, says: `dirtied by ${first.by.name} in generic_perform_write()` });
  expect(life.value.events.at(-1)!.stack[0]).toBe('shrink_page_list');
  expect(link!.because.at(-1)!.says).toMatch(/^ended by the write of 2 pages for kswapd: seek 8.2/);
});

test('a dirtier over the limits is throttled, and says so', () => {
  const found = stallsOf(ddStream, 'A', 8 * S).filter(({ cause }) => STALL_CAUSES[cause] === 'throttled');
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.flatMap(({ links }) => links.map(({ what }) => what)))).toContain('io_schedule_timeout');
});
