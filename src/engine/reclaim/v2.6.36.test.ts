import { expect, test } from 'vitest';
import { type DrawingOptions, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

/** Naps of 100 ms and SYNC passes that a lumpy batch takes which nobody can free wholly. */
function stallOf(order: number, priority: number, options: DrawingOptions) {
  const rig = machineFromText('free 8\n inactive_file: b@ a', options);
  const passes: boolean[] = [];
  rig.run(
    'direct',
    (k, t) => shrinkInactiveList(k, t, 1, true),
    ({ sc }) => {
      Object.assign(sc, { order, priority, lumpyReclaimMode: true });
      let sync = false;
      Object.defineProperty(sc, 'syncWriteback', {
        get: () => sync,
        set: (value: boolean) => {
          if (value) passes.push(value);
          sync = value;
        },
      });
    },
  );
  return { naps: Math.round(rig.k.nowNs / 100e6), syncPasses: passes.length };
}

test.each([
  ['v2.6.35-rc2', 1, 9, { naps: 1, syncPasses: 1 }],
  ['v2.6.35-rc2', 9, 12, { naps: 1, syncPasses: 1 }],
  ['v2.6.36', 1, 9, { naps: 0, syncPasses: 0 }],
  ['v2.6.36', 3, 5, { naps: 0, syncPasses: 0 }],
  ['v2.6.36', 3, 4, { naps: 1, syncPasses: 1 }],
  ['v2.6.36', 4, 12, { naps: 1, syncPasses: 1 }],
] as const)('R3.25 §9.1 %s, order %i at priority %i: %j', (kernel, order, priority, expected) => {
  expect(stallOf(order, priority, { kernel })).toEqual(expected);
});

test('R3.25 §9.1 from 2.6.37 on there is no nap before the SYNC pass', () => {
  expect(stallOf(9, 12, { answers: { lumpyStall: 'v2.6.37' } })).toEqual({ naps: 0, syncPasses: 1 });
});

test('R3.15 §9.1 2.6.36 isolates what is asked for, once; the base 32 at a time', () => {
  const scanned = (kernel: string, asked: number) => {
    const rig = machineFromText('free 4\n inactive_file: p{100}~', { kernel });
    rig.run('direct', (k, t) => shrinkInactiveList(k, t, asked, true));
    return rig.vm.pgscan_direct;
  };

  expect([scanned('v2.6.36', 5), scanned('v2.6.36', 32)]).toEqual([5, 32]);
  expect([scanned('v2.6.35-rc2', 5), scanned('v2.6.35-rc2', 40)]).toEqual([32, 64]);
});
