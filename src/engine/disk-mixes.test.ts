import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MS } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { DISKS } from './block/disks/registry.ts';
import { ELEVATORS } from './block/elevators/registry.ts';
import { namedMetrics } from './metrics.ts';
import { boot, metric, SMALL } from './scene-rig.ts';

const models = DISKS.map(({ id }) => id);
const elevators = ELEVATORS.map(({ id }) => id);

interface Mix {
  readonly model: string;
  readonly more: string;
  readonly scheduler: string;
  readonly cacheMib: number;
  readonly depth: number;
  readonly disks: number;
  readonly swapDisk: number;
  readonly inTurn: boolean;
  readonly trackBuffer: boolean;
  /** The flusher and the dirtier write too. */
  readonly flushes: boolean;
}

const FLUSHES = {
  'vm.dirty_ratio': 20,
  'vm.dirty_background_ratio': 10,
  'vm.dirty_writeback_centisecs': 20,
  'vm.dirty_expire_centisecs': 50,
};

/** `seeky-vs-range` on these disks, invariants on after every event, from before the first reclaim to well into it. */
function runMix(mix: Mix, kernel: string): Record<string, number> {
  const engine = boot(seekyVsRange, {
    kernel,
    knobs: {
      ...SMALL.knobs,
      'disk.model': mix.model,
      'disk.more_model': mix.more,
      'disk.scheduler': mix.scheduler,
      'disk.write_cache_mib': mix.cacheMib,
      'disk.ncq_depth': mix.depth,
      'disk.count': mix.disks,
      'disk.files': mix.inTurn ? 'in-turn' : 'first',
      'disk.track_buffer': mix.trackBuffer,
      'machine.swap_disk': mix.swapDisk,
      ...(mix.flushes ? FLUSHES : {}),
    },
  });
  engine.advance(1500 * MS);
  return namedMetrics(engine.kernel);
}

const mixes = fc.record({
  model: fc.constantFrom(...models),
  more: fc.constantFrom('same', ...models),
  scheduler: fc.constantFrom(...elevators),
  cacheMib: fc.constantFrom(0, 1, 32),
  depth: fc.constantFrom(1, 4, 10),
  disks: fc.integer({ min: 1, max: 4 }),
  swapDisk: fc.integer({ min: 0, max: 3 }),
  inTurn: fc.boolean(),
  trackBuffer: fc.boolean(),
  flushes: fc.boolean(),
});

test('R7.10 R7.16 R7.18 R7.8 I13–I15 any disks, elevator, write cache and depth keep the invariants', () => {
  const plain = {
    more: 'same',
    cacheMib: 1,
    depth: 10,
    disks: 1,
    swapDisk: 0,
    inTurn: true,
    trackBuffer: true,
    flushes: true,
  };
  // Every model and every elevator once; then any mix.
  const each = models.map((model, at) => [{ ...plain, model, scheduler: elevators[at % elevators.length]! }] as [Mix]);
  fc.assert(
    fc.property(mixes, (mix) => {
      const m = runMix(mix, mix.inTurn ? 'v2.6.35-rc2' : 'rfc-v1');
      expect(metric(m, 'disk_requests')).toBeGreaterThan(0);
      if (mix.disks === 1) expect(m['disk.0.disk_requests']).toBeUndefined();
      else {
        const of = (name: string) => Array.from({ length: mix.disks }, (_, disk) => m[`disk.${disk}.${name}`] ?? 0);
        for (const name of ['disk_requests', 'disk_merges', 'disk_seeks_any', 'disk_busy_s'])
          expect(of(name).reduce((sum, value) => sum + value, 0)).toBeCloseTo(metric(m, name), 9);
      }
    }),
    { numRuns: each.length + 6, examples: each },
  );
});
