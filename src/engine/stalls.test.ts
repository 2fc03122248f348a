import { expect, test } from 'vitest';
import { STALL_KINDS, type StallColumns, type StallKind } from '../abi/frame.ts';
import type { Scenario } from '../abi/scenario.ts';
import { TRACEPOINT_KEYS, type TracepointKey } from '../abi/tracepoints.ts';
import { S } from '../abi/units.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { memcgDdScene as memcgDd } from '../scenarios/memcg-dd.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import type { Engine } from './engine.ts';
import { boot, metric, run, SMALL, type Variation } from './scene-rig.ts';

// The stalls that a machine hands over, against its events and its counters.

interface Stall {
  readonly kind: StallKind;
  readonly thread: number;
  readonly startNs: number;
  readonly endNs: number;
}

function stallsOf({ endNs, startNs, thread, kind }: StallColumns): Stall[] {
  return Array.from(endNs, (end, row) => ({
    kind: STALL_KINDS[kind[row]!]!,
    thread: thread[row]!,
    startNs: startNs[row]!,
    endNs: end,
  }));
}
const take = (engine: Engine): Stall[] => stallsOf(engine.takeAdvance().stalls);

const EDGES: Readonly<Record<StallKind, readonly [TracepointKey, TracepointKey]>> = {
  direct: ['directReclaimBegin', 'directReclaimEnd'],
  memcg: ['memcgReclaimBegin', 'memcgReclaimEnd'],
  throttled: ['balanceDirtyBegin', 'balanceDirtyEnd'],
};

/** The same from the events, the slow way: for each end the last begin of that thread. */
function recounted(events: readonly { key: TracepointKey; by: number; atNs: number }[]): Stall[] {
  return events.flatMap(({ key, by, atNs }, at) =>
    STALL_KINDS.flatMap((kind): Stall[] => {
      const [begin, end] = EDGES[kind];
      if (key !== end) return [];
      const began = events.slice(0, at).findLast((one) => one.key === begin && one.by === by)!;
      return kind === 'throttled' && began.atNs === atNs
        ? []
        : [{ kind, thread: by, startNs: began.atNs, endNs: atNs }];
    }),
  );
}

const SCENES: readonly (readonly [string, Scenario, number, Variation, readonly StallKind[]])[] = [
  ['direct reclaim', seekyVsRange, 2, SMALL, ['direct']],
  ['a memory cgroup', memcgDd, 2, {}, ['memcg']],
  ['a throttled writer, who writes himself', ddStream, 3, {}, ['throttled']],
  ['a throttled writer, who only sleeps', ddStream, 3, { kernel: 'v3.2' }, ['throttled']],
];

test.each(SCENES)('%s: every stall of the run, from its begin to its end', (_name, scene, untilS, variation, kinds) => {
  const events: { key: TracepointKey; by: number; atNs: number }[] = [];
  let read = 0;
  const engine = boot(scene, {
    ...variation,
    watch: ({ trace }) => {
      for (; read < trace.emitted; read++) {
        const row = read % trace.capacity;
        events.push({ key: TRACEPOINT_KEYS[trace.id[row]!]!, by: trace.thread[row]!, atNs: trace.timeNs[row]! });
      }
    },
  });
  engine.advance(untilS * S);
  const stalls = take(engine);
  expect(stalls).toEqual(recounted(events));
  for (const kind of kinds) expect(stalls.filter((stall) => stall.kind === kind).length, kind).toBeGreaterThan(5);
});

test('R3.27 R5.8 their lengths add up to what the counters say', () => {
  const sum = (stalls: readonly Stall[], kind: StallKind) =>
    stalls.filter((stall) => stall.kind === kind).reduce((total, { startNs, endNs }) => total + endNs - startNs, 0) / S;
  const direct = run(seekyVsRange, 3, SMALL);
  expect(sum(take(direct.engine), 'direct')).toBeCloseTo(metric(direct.m, 'direct_stall_s'), 9);
  const writer = run(ddStream, 3);
  const held = sum(take(writer.engine), 'throttled');
  // throttled_s leaves out the CPU time of the writer's own writing; one stay may not be over.
  expect(held).toBeGreaterThan(0.9 * metric(writer.m, 'throttled_s') - 0.2);
  expect(held).toBeLessThan(1.1 * metric(writer.m, 'throttled_s') + 0.2);
});

test('in whatever pieces and with seeks between, each stall is handed over once, and whole', () => {
  const straight = take(run(seekyVsRange, 2, SMALL).engine);
  const engine = boot(seekyVsRange, SMALL);
  const got: Stall[] = [];
  for (const atS of [0.9, 0.3, 1.1, 1.7, 1.6, 0, 2]) {
    engine.seek(atS * S);
    got.push(...take(engine));
  }
  expect(got).toEqual(straight);
});

test('a stall that began before the checkpoint a fork goes back to keeps its begin', () => {
  const straight = take(run(seekyVsRange, 3, SMALL).engine);
  const long = straight.findLast(({ startNs, endNs }) => Math.floor(startNs / 250e6) < Math.floor(endNs / 250e6))!;
  const engine = boot(seekyVsRange, SMALL);
  engine.advance(3 * S);
  take(engine);
  const inIt = Math.floor(long.endNs / 250e6) * 250e6;
  engine.input({ atNs: inIt, machine: 'both', path: 'vm.swappiness', value: 61 });
  engine.advance(3 * S);
  const after = take(engine);
  expect(after[0]!.endNs).toBeGreaterThan(inIt);
  expect(after.find(({ endNs, thread }) => endNs === long.endNs && thread === long.thread)).toEqual(long);
});
