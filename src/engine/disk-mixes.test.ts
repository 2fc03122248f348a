import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MS } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { DISKS } from './block/disks/registry.ts';
import { ELEVATORS } from './block/elevators/registry.ts';
import type { Engine } from './engine.ts';
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
function bootMix(mix: Mix, kernel = 'v2.6.35-rc2'): Engine {
  return boot(seekyVsRange, {
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

/** What the views get: each finished request once, with its disk and its own begin and end. */
function checkHistory(engine: Engine, mix: Mix): void {
  const { requests, frame } = engine.takeAdvance();
  expect(frame.moreDisks.map(({ name }) => name)).toEqual(['8:16', '8:32', '8:48'].slice(0, mix.disks - 1));
  const inHand = engine.kernel.blocks.reduce((sum, { inFlight }) => sum + inFlight.length, 0);
  expect(requests.endNs.length + inHand).toBe(namedMetrics(engine.kernel).disk_requests);
  for (let row = 0; row < requests.endNs.length; row++) {
    expect(requests.startNs[row]!).toBeLessThan(requests.endNs[row]!);
    expect(requests.disk[row]!).toBeLessThan(mix.disks);
  }
}

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
      const engine = bootMix(mix, mix.inTurn ? 'v2.6.35-rc2' : 'rfc-v1');
      engine.advance(1500 * MS);
      const m = namedMetrics(engine.kernel);
      checkHistory(engine, mix);
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

test('I21 a write cache, several disks and a drive that overlaps requests: the same hash however the time is sliced, and after a seek', () => {
  for (const mix of [
    { model: 'hdd-7200', more: 'ssd-80', scheduler: 'cfq' },
    { model: 'ssd-80', more: 'hdd-15k', scheduler: 'deadline' },
  ]) {
    const whole = {
      ...mix,
      cacheMib: 2,
      depth: 10,
      disks: 2,
      swapDisk: 1,
      inTurn: true,
      trackBuffer: true,
      flushes: true,
    };
    const straight = bootMix(whole);
    straight.advance(1500 * MS);
    const sliced = bootMix(whole);
    for (let atMs = 7; atMs <= 1500; atMs += 61) sliced.advance(atMs * MS);
    sliced.advance(1500 * MS);
    expect(sliced.hash()).toBe(straight.hash());
    sliced.seek(900 * MS);
    sliced.advance(1500 * MS);
    expect(sliced.hash()).toBe(straight.hash());
    const { disk } = straight.kernel.blocks[mix.model === 'hdd-7200' ? 0 : 1]!;
    expect(disk.destageTransferNs).toBeGreaterThan(0);
  }
});

test('R7.6–R7.8 R7.16 I22 elevator, write cache and depth may be turned at any time: nothing is lost and nobody sleeps for ever', () => {
  const turns = fc.array(
    fc.record({
      atMs: fc.integer({ min: 1150, max: 1500 }),
      knob: fc.constantFrom(
        ...elevators.map((id) => ['disk.scheduler', id] as const),
        ...[0, 1, 16].map((mib) => ['disk.write_cache_mib', mib] as const),
        ...[1, 3, 10].map((depth) => ['disk.ncq_depth', depth] as const),
      ),
    }),
    { minLength: 8, maxLength: 24 },
  );
  fc.assert(
    fc.property(turns, fc.constantFrom('hdd-7200', 'ssd-80'), (list, model) => {
      const inputs = list.map(({ atMs, knob: [path, value] }) => {
        return { atNs: atMs * MS, machine: 'both' as const, path, value };
      });
      const engine = boot(seekyVsRange, {
        knobs: { ...SMALL.knobs, ...FLUSHES, 'disk.model': model, 'disk.count': 2, 'disk.files': 'in-turn' },
        inputs,
      });
      engine.advance(1600 * MS);
      expect(namedMetrics(engine.kernel).disk_requests).toBeGreaterThan(20);
    }),
    { numRuns: 6 },
  );
});
