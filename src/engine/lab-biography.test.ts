import { expect, test } from 'vitest';
import { LIFE, type LifeEvent, type PageName, type PageState } from '../abi/page-life.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';
import { memcgAnonScene } from '../scenarios/memcg-anon.ts';
import { memcgDdScene } from '../scenarios/memcg-dd.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import { biography } from './lab/biography.ts';
import type { Kernel } from './machine/kernel.ts';
import { BENCH } from './scene-rig.ts';

/** The state of a page read off the record without any of the code under test. */
function seen({ m }: Kernel, { space, index }: PageName): PageState {
  const entry = m.spaces[space]!.pageOf[index]!;
  const pfn = entry < -1 ? m.swap.cacheOf[-2 - entry]! : entry;
  if (pfn < 0) return { pfn: -1, bits: 0, list: -1, laps: 0, swapSlot: entry < -1 ? -2 - entry : -1 };
  const flags = m.pages.flags[pfn]!;
  const has = (bit: number) => (flags & (1 << bit)) !== 0;
  const anon = has(8);
  const pairs: [boolean, number][] = [
    [has(2), LIFE.UPTODATE],
    [has(3), LIFE.DIRTY],
    [has(6), LIFE.WRITEBACK],
    [has(1), LIFE.REFERENCED],
    [has(5), LIFE.ACTIVE],
    [has(7), LIFE.RECLAIM],
    [has(12), LIFE.ISOLATED],
    [(m.pages.pte[pfn]! & 1) !== 0, LIFE.MAPPED],
    [anon, LIFE.ANON],
    [has(9), LIFE.SWAP_CACHE],
  ];
  const bits = pairs.reduce((sum, [isSet, bit]) => sum + (isSet ? bit : 0), 0);
  const inactive = has(19) ? 5 : anon ? 0 : 2;
  const list = !has(4) ? -1 : has(10) ? 4 : has(5) ? (anon ? 1 : 3) : inactive;
  return { pfn, bits, list, laps: flags >>> 24, swapSlot: has(9) ? m.pages.swapSlot[pfn]! : -1 };
}

function bootPlain(scene: Scenario, machine: MachineId): Engine {
  const booted = Engine.boot(scene, machine, undefined, false);
  if (!booted.ok) throw new Error('refused');
  return booted.value;
}

/** The page looked at after every event of the run. */
function slowly(scene: Scenario, machine: MachineId, untilNs: Ns, page: PageName): { atNs: Ns; state: PageState }[] {
  const engine = bootPlain(scene, machine);
  const found: { atNs: Ns; state: PageState }[] = [];
  let last = JSON.stringify(seen(engine.kernel, page));
  engine.checker = (k) => {
    const state = seen(k, page);
    const text = JSON.stringify(state);
    if (text !== last) found.push({ atNs: k.nowNs, state });
    last = text;
  };
  engine.advance(untilNs);
  return found;
}

function lifeOf(scene: Scenario, machine: MachineId, untilNs: Ns, page: PageName): readonly LifeEvent[] {
  const answer = biography({ scenario: scene, machine, untilNs, page }, BENCH);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.events;
}

/** Pages with much to tell: kept, written alone or in a range, deactivated, swapped out and in. */
const CASES = [
  { scene: seekyVsRange, machine: 'A', untilNs: 13 * S, page: { space: 1, index: 959 } },
  { scene: seekyVsRange, machine: 'B', untilNs: 12 * S, page: { space: 0, index: 9997 } },
  { scene: memcgDdScene, machine: 'A', untilNs: 3 * S, page: { space: 0, index: 3053 } },
  { scene: memcgAnonScene, machine: 'A', untilNs: 4.1 * S, page: { space: 0, index: 12818 } },
] as const;

test.each(CASES)(
  'a page of $scene.id on $machine: the story is what a look after every event sees',
  ({ scene, machine, untilNs, page }) => {
    const events = lifeOf(scene, machine, untilNs, page);
    const looked = slowly(scene, machine, untilNs, page);
    expect(looked.length).toBeGreaterThan(5);
    const told = events.filter((event) => event.fn !== ''); // what a disk does changes nothing before it is done
    for (const { atNs, state } of looked) expect(told.findLast((event) => event.atNs <= atNs)?.state).toEqual(state);
    for (const { atNs, state } of told) {
      const isSeen = looked.some((one) => JSON.stringify(one.state) === JSON.stringify(state));
      const isPassing = looked.every((one) => one.atNs !== atNs);
      expect(isSeen || isPassing, `${atNs}: ${JSON.stringify(state)}`).toBe(true);
    }
    const times = events.map(({ atNs }) => atNs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  },
);

test('swapped out: who, which function, why', () => {
  const { scene, machine, page } = CASES[3];
  const untilNs = 2.7 * S;
  expect(
    lifeOf(scene, machine, untilNs, page).map(({ by, fn, says }) => `${by.letter} ${fn} ${says}`),
  ).toMatchInlineSnapshot(`
    [
      "H do_anonymous_page() first touch, zeroed: frame 0xd06, head of active_anon",
      "H mem_cgroup_isolate_pages() isolated from the tail of active_anon",
      "H shrink_active_list() deactivated, head of inactive_anon",
      "H mem_cgroup_isolate_pages() isolated from the tail of inactive_anon",
      "H pageout() swap_writepage to slot 12819, 1 ahead in queue",
      "H putback_lru_pages() back to the head of inactive_anon",
      "  seek 2.1, rotate 4.5, write 4.4 ms, after 3.0 ms in the queue; 64 pages in one request, begun by memcg",
      " end_page_writeback() clean, to the tail",
    ]
  `);
});

test('a page that the run does not have is refused', () => {
  const ask = { scenario: seekyVsRange, machine: 'A', untilNs: 1, page: { space: 99, index: 0 } } as const;
  expect(biography(ask, BENCH)).toMatchObject({ ok: false, error: { message: 'the run has no such page' } });
});
