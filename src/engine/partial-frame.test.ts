import { expect, test } from 'vitest';
import type { MachineFrame } from '../abi/frame.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { boot, SMALL } from './scene-rig.ts';

/** As a frame leaves its worker: what is handed over is gone on this side. */
const send = (frame: MachineFrame): MachineFrame =>
  structuredClone(frame, { transfer: [frame.cells.buffer, frame.lens.cells.buffer, frame.metrics.buffer] });

test('frames can be sent one after the other, whole or partial, and the tail is in all of them', () => {
  const engine = boot(seekyVsRange, SMALL);
  engine.advance(1e9);
  const { listPages, lens } = engine.takeAdvance().frame;
  const whole = send(engine.takeAdvance().frame);
  expect(whole.isPartial).toBeUndefined();
  expect(whole.listPages).toEqual(listPages);
  expect(whole.cells).toHaveLength(listPages.reduce((sum, pages) => sum + pages, 0));
  for (let times = 0; times < 2; times++) {
    const partial = send(engine.takeAdvance(false).frame);
    expect(partial).toMatchObject({ isPartial: true, nowNs: 1e9, listPages: [], memcgs: [], order: 'list', lens });
    expect(partial.cells).toHaveLength(0);
  }
});
