import { expect, test } from 'vitest';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkZone } from './shrink-zone.ts';

/** Which list each batch came from, in order: shrink_zone() of a zone whose lists hold distinct numbers of pages. */
function isolations(rig: Drawn): string[] {
  return rig.events('lruIsolate').map(([mode, , , , taken]) => `${mode === 1 ? 'active' : 'inactive'} ${taken}`);
}
const atPriority = (priority: number) => (t: { sc: { priority: number } }) => {
  t.sc.priority = priority;
};

test('R3.20 rounds of at most 32 per list, in the order inactive anon, active anon, inactive file, active file', () => {
  const rig = machineFromText(`free 900 high 10
    inactive_anon: ia{33}~$
    active_anon: aa{35}
    inactive_file: if{34}~
    active_file: af{36}`);

  rig.run('kswapd', shrinkZone, atPriority(0));

  expect(isolations(rig).slice(0, 4)).toEqual(['inactive 32', 'active 32', 'inactive 32', 'active 32']);
  // Second round: what is left; active anon 3, active file 4 are no longer more than the inactive ones.
  expect(isolations(rig).slice(4)).toEqual(['inactive 32', 'inactive 32']);
});

test('R3.20 an active list is left alone unless inactive is low', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n inactive_file: if{40}~\n active_file: af{40}');

  rig.run('kswapd', shrinkZone, atPriority(0));

  expect(isolations(rig)).toEqual(['inactive 32', 'inactive 32']);
});

test('R3.20 active anon alone does not keep the loop alive: its 45 pages are neither scanned nor saved', () => {
  const rig = machineFromText('free 900 high 10\n inactive_anon: ia{40}\n active_anon: aa{40}');
  rig.k.m.zone.lru.savedScan[1] = 45;

  rig.run('kswapd', shrinkZone, atPriority(12));

  expect(isolations(rig)).toEqual([]);
  expect(rig.k.m.zone.lru.savedScan[1]).toBe(0);
});

test('R3.20 direct reclaim stops after the round in which 32 are freed', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n inactive_file: p{3000}');

  rig.run('direct', shrinkZone, atPriority(5)); // 93 pages: three rounds if nothing stopped it

  expect(rig.vm.pgsteal).toBe(32);
});

test('R3.20 never at DEF_PRIORITY: there the whole count is scanned', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n inactive_file: p{500}');
  // 500 >> 12 is 0: let the accumulator give 93 pages.
  rig.k.m.zone.lru.savedScan[2] = 93;

  rig.run('direct', shrinkZone, atPriority(12));

  expect(rig.vm.pgsteal).toBe(96);
});

test('R3.20 kswapd never stops early, at whatever priority', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n inactive_file: p{3000}');

  rig.run('kswapd', shrinkZone, atPriority(5));

  expect(rig.vm.pgsteal).toBe(96);
});

test('R3.20 what was freed at earlier priorities counts for the bail-out', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n inactive_file: p{3000}~');

  rig.run('direct', shrinkZone, (t) => {
    t.sc.priority = 5;
    t.sc.nrReclaimed = 32;
  });

  expect(rig.vm.pgscan_direct).toBe(32);
});

test.each([
  ['low and swap free', 'swap 64', 'ia{10}~$', 32],
  ['not low', 'swap 64', 'ia{40}~$', 0],
])('R3.21 after the loop 32 active anon pages are aged if inactive anon is %s', (_when, swap, inactive, moved) => {
  const rig = machineFromText(`free 900 high 10 ${swap}\n inactive_anon: ${inactive}\n active_anon: aa{40}`);

  rig.run('direct', shrinkZone, atPriority(12));

  expect(rig.vm.pgdeactivate).toBe(moved);
});

test('R3.21 not without free swap', () => {
  const rig = machineFromText('free 900 high 10 swap 0\n active_anon: aa{40}');

  rig.run('direct', shrinkZone, atPriority(12));

  expect(rig.vm.pgdeactivate).toBe(0);
});

test('R3.21 then throttle_vm_writeout, once per call and with the caller’s gfp, kswapd included', () => {
  for (const as of ['direct', 'kswapd', 'memcg'] as const) {
    const asked: number[] = [];
    const throttleVmWriteout = (_k: unknown, _t: unknown, gfp: number) => {
      asked.push(gfp);
      return 0;
    };
    const rig = machineFromText('free 4 swap 0\n memcg tiny 9\n inactive_file: a', { call: { throttleVmWriteout } });

    rig.run(as, shrinkZone, (t) => {
      t.sc.gfp = 0x50;
    });
    expect(asked).toEqual([0x50]);
  }
});

test('R3.20 a pass that scans nothing costs 1 µs', () => {
  const rig = machineFromText('free 4 swap 0\n inactive_file: a');

  rig.run('direct', shrinkZone, atPriority(12));

  expect(rig.k.nowNs).toBe(1000);
});
