import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Kernel } from './machine/kernel.ts';
import { VM } from './machine/vmstat.ts';
import { boot, SMALL } from './scene-rig.ts';

// The trail of the last batches, against the kernel's own counters.

test('recount: all batches together are what was scanned and stolen; each is freed or kept, and not more is dirty', () => {
  let seen = 0;
  const sums = { taken: 0, freed: 0 };
  let compared = 0;
  const watch = ({ trace: { batches }, vm, m }: Kernel) => {
    const fresh = batches.noted - seen;
    seen = batches.noted;
    for (const { taken, freed, dirty, writeback } of fresh === 0 ? [] : batches.latest().slice(-fresh)) {
      expect(dirty + writeback).toBeLessThanOrEqual(taken - freed);
      sums.taken += taken;
      sums.freed += freed;
    }
    if (fresh === 0 || m.sim.threads.some((t) => (t as { isolated?: readonly number[] }).isolated?.length)) return;
    compared++;
    expect(sums).toEqual({ taken: vm[VM.pgscan_kswapd]! + vm[VM.pgscan_direct]!, freed: vm[VM.pgsteal]! });
  };
  boot(seekyVsRange, { ...SMALL, watch }).advance(3 * S);
  expect(compared).toBeGreaterThan(20);
});

test('the same at a moment however it was reached', () => {
  const engine = boot(seekyVsRange, SMALL);
  engine.advance(2.7 * S);
  const straight = engine.takeAdvance().frame.lens.trail;
  expect(straight).toHaveLength(8);
  engine.advance(3.5 * S);
  expect(engine.takeAdvance().frame.lens.trail).not.toEqual(straight);
  engine.seek(2.7 * S);
  expect(engine.takeAdvance().frame.lens.trail).toEqual(straight);
});
