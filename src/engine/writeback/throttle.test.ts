import { expect, test } from 'vitest';
import { clearBdiCongested } from '../machine/congestion.ts';
import { GFP_KERNEL, GFP_NOFS } from '../machine/gfp.ts';
import { VM } from '../machine/vmstat.ts';
import { ASYNC } from '../machine/waits.ts';
import { DEAD, SLEEPING } from '../sim/kthread.ts';
import { addTask, createRig, runUntil } from './test-rig.ts';
import { throttleVmWriteout } from './throttle.ts';

const MS = 1e6;

/** 14 301 dirtyable pages: dirty limit 2860, threshold 3146. */
function throttled(writeback: number, gfp: number) {
  const rig = createRig({ config: { reservedPages: 16384 - 14300 } });
  rig.k.vm[VM.nr_writeback] = writeback;
  return { rig, t: addTask(rig, [(k, t) => throttleVmWriteout(k, t, gfp)]) };
}

test('R5.10 G7 throttle_vm_writeout lets 3146 pages of NR_WRITEBACK pass and stops at 3147', () => {
  const { rig, t } = throttled(3146, GFP_KERNEL);
  runUntil(rig, 0);
  expect(t.state).toBe(DEAD);
  const over = throttled(3147, GFP_KERNEL);
  runUntil(over.rig, 0);
  expect(over.t.state).toBe(SLEEPING);
});

test('R5.10 naps of 100 ms until the flood is over', () => {
  const { rig, t } = throttled(3147, GFP_KERNEL);
  runUntil(rig, 250 * MS);
  expect(t.state).toBe(SLEEPING);
  rig.k.vm[VM.nr_writeback] = 3000;
  runUntil(rig, 299 * MS);
  expect(t.state).toBe(SLEEPING);
  runUntil(rig, 301 * MS);
  expect(t.state).toBe(DEAD);
});

test('R3.35 a nap of throttle_vm_writeout ends with the next freed async request', () => {
  const { rig, t } = throttled(3147, GFP_KERNEL);
  runUntil(rig, 10 * MS);
  rig.k.vm[VM.nr_writeback] = 3000;
  clearBdiCongested(rig.k, 0, ASYNC);
  runUntil(rig, 11 * MS);
  expect(t.state).toBe(DEAD);
});

test('R5.10 a caller without __GFP_FS naps once only', () => {
  const { rig, t } = throttled(9000, GFP_NOFS);
  runUntil(rig, 99 * MS);
  expect(t.state).toBe(SLEEPING);
  runUntil(rig, 101 * MS);
  expect(t.state).toBe(DEAD);
});
