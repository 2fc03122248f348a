import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { boot, SMALL } from './scene-rig.ts';
import { stateBytes } from './sim/checkpoint.ts';
import { hashState } from './sim/hash.ts';
import { machineOf, Timeline } from './timeline.ts';

const SPACING_NS = 0.5 * S;

/** A run with its checkpoints in a timeline of its own, and the hash at each of them. */
function runWith(budgetBytes: number, untilNs: number) {
  const engine = boot(seekyVsRange, SMALL);
  const { kernel } = engine;
  const timeline = new Timeline(kernel.m, budgetBytes);
  const hashes = new Map<number, string>();
  const bytes: number[] = [];
  for (let atNs = 0; atNs <= untilNs; atNs += SPACING_NS) {
    engine.advance(atNs);
    hashes.set(atNs, engine.hash());
    if (atNs >= timeline.nextNs)
      timeline.add(kernel.m, { trace: kernel.trace.mark(), open: { stalls: new Float64Array(), issuedNs: new Map() } });
    expect(timeline.nextNs).toBeGreaterThan(atNs);
    bytes.push(timeline.past.checkpointBytes);
    expect(bytes.at(-1)).toBeLessThanOrEqual(budgetBytes);
  }
  return { timeline, hashes, bytes, machine: kernel.m };
}

test('while the budget is not full there is a checkpoint each 500 ms, and their memory is far less than that of copies', () => {
  const { timeline, machine } = runWith(1e9, 3 * S);
  const { checkpoints, checkpointBytes, spacingNs, horizonNs } = timeline.past;
  expect([checkpoints, spacingNs, horizonNs]).toEqual([7, SPACING_NS, 0]);
  expect(checkpointBytes).toBeLessThan((checkpoints * stateBytes(machine)) / 2);
});

test('a full budget thins the past, the oldest first; every checkpoint left is the machine of its time', () => {
  const { timeline, hashes, machine } = runWith(2.2 * stateBytes(runWith(1e9, 0).machine), 6 * S);
  const { spacingNs, checkpoints } = timeline.past;
  expect(spacingNs).toBeGreaterThan(SPACING_NS);
  const spare = structuredClone(machine);
  const kept = new Set<number>();
  for (const atNs of hashes.keys()) {
    const checkpoint = timeline.before(atNs, Infinity)!;
    kept.add(checkpoint.atNs);
    expect(atNs - checkpoint.atNs).toBeLessThan(2 * spacingNs);
    expect(hashState(machineOf(checkpoint, spare))).toBe(hashes.get(checkpoint.atNs));
  }
  expect(kept.size).toBe(checkpoints);
});

test('a full budget stays full: the memory of the past is level in a long run', () => {
  const budgetBytes = 4 * stateBytes(runWith(1e9, 0).machine);
  const { bytes } = runWith(budgetBytes, 20 * S);
  const full = bytes.findIndex((now) => now > 0.9 * budgetBytes);
  expect(full).toBeGreaterThan(0);
  for (const now of bytes.slice(full)) expect(now).toBeGreaterThan(0.8 * budgetBytes);
});

test('a fork drops the checkpoints after it and their memory', () => {
  const { timeline } = runWith(1e9, 3 * S);
  const { checkpointBytes } = timeline.past;
  timeline.cutAfter(1.3 * S);
  expect(timeline.past.checkpoints).toBe(3);
  expect(timeline.past.checkpointBytes).toBeLessThan(checkpointBytes);
  expect(timeline.nextNs).toBe(1.5 * S);
});

test('a bigger machine is copied less often', () => {
  const engine = boot(seekyVsRange, { knobs: { 'machine.memory_mib': 1024 } });
  expect(new Timeline(engine.kernel.m).past.spacingNs).toBeGreaterThan(SPACING_NS);
});
