import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endPageWriteback, setPageWriteback } from '../machine/page-state.ts';
import { propNormalize, propPeriod, propShare, propShift } from '../machine/proportions.ts';
import { bdiShare, dirtyRatioChanged, taskShare } from './shares.ts';
import { cachePage, createRig, dirtyPage, nobody } from './test-rig.ts';

test('R5.9 the period is 4096 events on 64 MiB and 131 072 on 2 GiB', () => {
  expect(propPeriod(createRig().k.m.proportions.shift)).toBe(4096);
  expect(propPeriod(createRig({ totalPages: 524288 }).k.m.proportions.shift)).toBe(131072);
  expect([2, 3, 4, 5, 6].map(propShift)).toEqual([2, 3, 3, 4, 4]);
});

/** Completes `count` page writes of one file. */
function complete({ k, files }: ReturnType<typeof createRig>, count: number): void {
  const pfn = cachePage(k, files[0]!, 0);
  for (let done = 0; done < count; done++) {
    setPageWriteback(k, pfn);
    endPageWriteback(k, pfn);
  }
}

test('R5.9 E4 a cold bdi starts with share 0 and converges to 1 over a few periods; a warm one has 1 throughout', () => {
  const cold = createRig({ config: { bdiWarm: false } });
  const warm = createRig();
  const shares: number[] = [];
  for (let period = 0; period < 6; period++) {
    shares.push(bdiShare(cold.k, cold.k.m.bdis[0]!, 1000));
    expect(bdiShare(warm.k, warm.k.m.bdis[0]!, 1000)).toBe(1000);
    complete(cold, 4095);
    complete(warm, 4095);
  }
  expect(shares[0]).toBe(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[1]).toBeGreaterThan(450);
  expect(shares[5]).toBeGreaterThan(950);
});

test('R5.5 two tasks that dirty in turn have a share of about a half each', () => {
  const { k, files } = createRig();
  const [one, other] = [nobody(), nobody()];
  for (let round = 0; round < 20000; round++) {
    const pfn = dirtyPage(k, round % 2 === 0 ? one : other, files[0]!, 0);
    k.pages.clearDirtyFlag(pfn);
  }
  expect(taskShare(k, one, 1000)).toBeGreaterThan(480);
  expect(taskShare(k, one, 1000)).toBeLessThanOrEqual(500);
  expect(taskShare(k, other, 1000)).toBeGreaterThan(480);
});

test('R5.9 a new dirty_ratio changes the period; counts are kept, so the share converges anew', () => {
  const { k } = createRig();
  expect(bdiShare(k, k.m.bdis[0]!, 1000)).toBe(1000);
  k.m.sysctl.dirtyRatio = 80;
  dirtyRatioChanged(k);
  expect(propPeriod(k.m.proportions.shift)).toBe(16384);
  expect(bdiShare(k, k.m.bdis[0]!, 1000)).toBe(250);
  k.m.sysctl.dirtyRatio = 20;
  dirtyRatioChanged(k);
  expect(bdiShare(k, k.m.bdis[0]!, 1000)).toBe(1000);
});

/** The same by definition: every count is halved at every period's end, touched or not. */
class SlowModel {
  global = 0;
  readonly counts: number[];
  private readonly period: number;
  constructor(tasks: number, period: number) {
    this.counts = Array.from({ length: tasks }, () => 0);
    this.period = period;
  }
  event(of: number): void {
    this.global++;
    if (this.global % this.period === 0)
      for (const [at, count] of this.counts.entries()) this.counts[at] = Math.floor(count / 2);
    this.counts[of]!++;
  }
  share(amount: number, of: number): number {
    return Math.min(amount, Math.floor((amount * this.counts[of]!) / (this.period + (this.global % this.period))));
  }
}

test('R5.9 property: lazily normalised proportions equal a model that halves every count at every period', () => {
  const events = fc.array(fc.record({ of: fc.nat(3), times: fc.integer({ min: 1, max: 40 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(events, fc.integer({ min: 2, max: 7 }), fc.nat(5000), (list, shift, amount) => {
      const slow = new SlowModel(4, propPeriod(shift));
      const lazy = Array.from({ length: 4 }, () => ({ local: 0, period: 0 }));
      let global = 0;
      for (const { of, times } of list) {
        for (let n = 0; n < times; n++) {
          slow.event(of);
          global++;
          const now = propNormalize(lazy[of]!.local, lazy[of]!.period, global, shift);
          lazy[of] = { local: now.local + 1, period: now.period };
        }
        for (let one = 0; one < 4; one++) {
          const { local, period } = lazy[one]!;
          expect(propShare(amount, local, period, global, shift)).toBe(slow.share(amount, one));
        }
      }
    }),
  );
});
