import { expect, test } from 'vitest';
import type { MachineFrame } from '../abi/frame.ts';
import type { Twin } from './feed.ts';
import { completed, isWholeDue } from './whole.ts';

const frame = (nowNs: number, totalPages: number, part: Partial<MachineFrame>): MachineFrame =>
  ({ nowNs, memory: { totalPages }, ...part }) as unknown as MachineFrame;
const twin = (A: MachineFrame, B: MachineFrame): Twin => ({ atNs: A.nowNs, A, B, stopped: {} }) as unknown as Twin;
const of = (pages: number) => twin(frame(0, pages, {}), frame(0, pages, {}));

test('small machines are walked for every frame, large ones the less often the larger they are', () => {
  expect(isWholeDue(undefined, 0)).toBe(true);
  expect(isWholeDue(of(16_384), 0)).toBe(true);
  expect([60, 131, 132].map((ms) => isWholeDue(of(262_144), ms))).toEqual([false, false, true]);
  expect([500, 530].map((ms) => isWholeDue(of(1_048_576), ms))).toEqual([false, true]);
});

test('a partial frame keeps what it has and shows the rest as it was', () => {
  const walked = {
    cells: Uint8Array.of(1, 2),
    listPages: [2],
    strips: [],
    found: [],
    memcgs: [],
    order: 'list',
  } as const;
  const none = { isPartial: true, cells: Uint8Array.of(), listPages: [], strips: [], found: [], memcgs: [] } as const;
  const before = twin(frame(1, 4, walked), frame(1, 4, walked));
  const after = completed(twin(frame(2, 4, { ...none, order: 'list' }), frame(2, 4, walked)), before);
  expect(after.A).toEqual(frame(2, 4, { ...walked, isPartial: true }));
  expect(after.A.cells).toBe(before.A.cells);
  expect(after.B).toEqual(frame(2, 4, walked));
});
