import { expect, test } from 'vitest';
import { createBlockState } from '../../machine/block-state.ts';
import { joinLine } from '../../machine/line.ts';
import { noop } from './noop.ts';
import { ELEVATORS, elevatorSockets } from './registry.ts';

test('R7.6 first come, first served; the neighbours are those in the queue', () => {
  const block = createBlockState();
  expect(noop.choose(block, 0, { nonrot: false, depth: 1 })).toBe(-1);
  for (const id of [5, 3, 4]) joinLine(block.arrival, id);
  expect([
    noop.choose(block, 0, { nonrot: false, depth: 1 }),
    noop.former(block, 5),
    noop.latter(block, 5),
    noop.latter(block, 4),
  ]).toEqual([5, -1, 3, -1]);
  expect(noop.frontMerges).toBe(false);
});

test('R7.6–R7.8 the sysctl names the elevator in force', () => {
  for (const elevator of ELEVATORS) {
    const k = { sysctl: { scheduler: elevator.id } };
    expect(elevatorSockets.elevator(k as never)).toBe(elevator);
  }
  expect(() => elevatorSockets.elevator({ sysctl: { scheduler: 'bfq' } } as never)).toThrow('bfq');
});
