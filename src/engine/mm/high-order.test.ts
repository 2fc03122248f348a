import { expect, test } from 'vitest';
import { GFP_HIGH, GFP_KERNEL, GFP_NOFAIL, GFP_NORETRY, GFP_REPEAT, GFP_USER } from '../machine/gfp.ts';
import { freePages } from '../machine/page-cache.ts';
import { NO_PAGE } from '../machine/sockets.ts';
import { WAIT_CONGESTION } from '../machine/waits.ts';
import { type DrawingOptions, type Drawn, machineFromText } from '../machine-from-text.ts';
import { allocPages } from './page-alloc.ts';

const MS = 1e6;
const MARKS = 'min 4 low 6 high 8 swap 0';

function alloc(rig: Drawn, order: number, gfp = GFP_USER): number {
  return rig.run('task', (k, t) => allocPages(k, t, gfp, order));
}
/** Direct reclaim that says what it freed and frees nothing. */
const claims = (pages: number): DrawingOptions => ({ call: { tryToFreePages: () => pages } });

test('R1.6 R1.8 an order above 0 passes the fast path on its own mark, without waking anybody', () => {
  const rig = machineFromText(`${MARKS} free 64`);

  const pfn = alloc(rig, 4);

  expect(pfn % 16).toBe(0);
  expect([rig.free, rig.vm.kswapd_wake_requests, rig.k.pages.isCompound(pfn + 15)]).toEqual([48, 0, true]);
  freePages(rig.k, pfn, 4);
  expect([rig.free, rig.k.m.zone.buddy.blocks[6]]).toEqual([64, 1]);
});

test('R1.6 R3.33 free memory in single frames: order 0 is well, order 3 asks for kswapd with its order', () => {
  const pieces = Array.from({ length: 32 }, (_, at) => `kept${at}@ gone${at}`).join(' ');
  const rig = machineFromText(`${MARKS} free 0\n inactive_file: ${pieces}`);
  rig.run('direct', (k, t) => k.call.tryToFreePages(k, t, 0, GFP_KERNEL));
  expect([rig.free, rig.k.m.zone.buddy.blocks[0]]).toEqual([32, 32]);

  expect(alloc(rig, 0)).toBeGreaterThanOrEqual(0);
  expect(rig.vm.kswapd_wake_requests).toBe(0);
  expect(alloc(rig, 3, GFP_HIGH)).toBe(NO_PAGE);
  expect(rig.events('wakeupKswapd').map((args) => args[2])).toEqual([3]);
  expect(rig.k.m.kswapd.maxOrder).toBe(3);
});

/** Free: 6 frames. An order-4 request cannot be had. */
const SHORT = `${MARKS} free 6\n inactive_file: p{10}~`;

test('R1.8 a costly order reclaims once and fails; small orders go on for ever', () => {
  const rig = machineFromText(SHORT, claims(3));
  expect(alloc(rig, 4)).toBe(NO_PAGE);
  expect(rig.k.nowNs).toBeLessThan(1 * MS);

  const small = rig.start('task', (k, t) => allocPages(k, t, GFP_USER, 3));
  rig.passNs(1000 * MS);
  expect([small.answer(), small.t.waitKind]).toEqual([undefined, WAIT_CONGESTION]);
});

test('R1.8 __GFP_REPEAT: until 2^order pages were reclaimed for it, with 20 ms between', () => {
  const rig = machineFromText(SHORT, claims(5));

  expect(alloc(rig, 4, GFP_USER | GFP_REPEAT)).toBe(NO_PAGE);
  expect(Math.round(rig.k.nowNs / MS)).toBe(60); // 5, 10, 15, then 20 ≥ 16
});

test('R1.8 __GFP_NOFAIL never fails, __GFP_NORETRY never naps nor kills', () => {
  const rig = machineFromText(SHORT, claims(0));
  const { answer } = rig.start('task', (k, t) =>
    allocPages(k, t, GFP_KERNEL | GFP_REPEAT | GFP_NOFAIL | GFP_NORETRY, 0),
  );
  rig.passNs(1);
  expect(answer()).toBeGreaterThanOrEqual(0);

  expect(alloc(rig, 2, GFP_KERNEL | GFP_NORETRY)).toBe(NO_PAGE);
  expect([rig.vm.oom_kills, rig.k.nowNs]).toEqual([0, 1]);

  const never = machineFromText(SHORT, claims(1));
  const { answer: none } = never.start('task', (k, t) => allocPages(k, t, GFP_KERNEL | GFP_NOFAIL, 4));
  never.passNs(500 * MS);
  expect(none()).toBeUndefined();
});

test('R1.11 without progress a costly order gives up instead of killing; order 3 kills', () => {
  const rig = machineFromText(SHORT, claims(0));
  expect(alloc(rig, 4)).toBe(NO_PAGE);
  expect(rig.vm.oom_kills).toBe(0);

  rig.start('task', (k, t) => allocPages(k, t, GFP_USER, 3));
  rig.passNs(10 * MS);
  expect(rig.vm.oom_kills).toBeGreaterThan(0);
});

test('R1.8 R3.14 lumpy reclaim makes the block: an order-4 request is served out of used page cache', () => {
  const rig = machineFromText('min 4 low 6 high 8 swap 0 free 4\n inactive_file: p{252}*');
  rig.k.m.zone.lru.savedScan[2] = 31;

  expect(alloc(rig, 4) % 16).toBe(0);
  expect(rig.vm.allocstall).toBe(1);
  expect(rig.events('directReclaimBegin')[0]![0]).toBe(4);
  expect(rig.events('lruIsolate').map((args) => args.slice(0, 2))).toEqual([[2, 4]]);
});
