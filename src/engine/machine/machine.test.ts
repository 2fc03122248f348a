import { expect, test } from 'vitest';
import { machineFromText } from '../machine-from-text.ts';
import { freeList } from './buddy.ts';
import { MOVABLE, RESERVE } from './migrate-type.ts';
import { allocSwapSlot } from './swap-map.ts';

test('R2.7 the kernel’s own frames are never free, on no list, and never handed out', () => {
  const { k } = machineFromText('free 64', { config: { reservedPages: 5 } });

  expect(k.buddy.freePages).toBe(59);
  const given = Array.from({ length: 59 }, () => k.buddy.alloc(0));
  expect(given.sort((left, right) => left - right)).toEqual(Array.from({ length: 59 }, (_, at) => at + 5));
  expect(k.buddy.alloc(0)).toBe(-1);
});

test('R1.3 one zone: no reserve stands between the mark and the last page above it', () => {
  const rig = machineFromText('free 6 min 4 low 5 high 6');

  const taken = rig.run('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 0, 4096));

  expect(taken).toBe(4096);
  expect([rig.free, rig.vm.kswapd_wake_requests]).toEqual([5, 0]);
});

test('R1.1 a machine has one zone, and nothing else to balance', () => {
  const { m } = machineFromText('free 6').k;

  expect(Object.keys(m).filter((key) => /zone/.test(key))).toEqual(['zone']);
});

test('R2.1 a fresh machine is one run of the largest blocks, lowest first', () => {
  const { k } = machineFromText('free 4096');

  const { blocks, heads } = k.m.zone.buddy;
  expect([blocks[10], heads[freeList(MOVABLE, 10)], heads[freeList(RESERVE, 10)]]).toEqual([4, 1024, 0]);
});

test('R4.8 slot 0 is the header of the swap area', () => {
  const { m } = machineFromText('free 4 swap 9').k;

  expect(m.swap.freeSlots).toBe(8);
  expect(allocSwapSlot(m.swap)).toBe(1);
});
