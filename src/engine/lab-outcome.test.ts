import { expect, test } from 'vitest';
import { METRICS } from '../abi/metrics.ts';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { Engine } from './engine.ts';
import { outcome } from './lab/outcome.ts';
import { BENCH } from './scene-rig.ts';

test('the lab comes to the same state as a run on the screen, and tells how far it is', () => {
  const seen: number[] = [];
  const bench = { ...BENCH, report: (done: number) => void seen.push(done) };
  const answer = outcome({ scenario: seekyVsRange, machine: 'B', untilNs: 2 * S }, bench);
  const straight = Engine.boot(seekyVsRange, 'B');
  if (!straight.ok || !answer.ok) throw new Error('refused');
  straight.value.advance(2 * S);
  expect(answer.value.hash).toBe(straight.value.hash());
  expect(answer.value.metrics).toHaveLength(METRICS.length);
  expect(seen.at(-1)).toBe(1);
});
