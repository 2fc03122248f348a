import { expect, test } from 'vitest';
import type { MachineFrame, MemcgFrame } from '../../abi/frame.ts';
import { THIN } from '../shared/format.ts';
import { lookOf } from '../shared/look.ts';
import { memcgMarks } from '../shared/memcg-meter.ts';
import { drawMeter } from '../shared/meter.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawDirty, drawFree, drawPriority, markMemcg, throttleFrom } from './draw.ts';
import { MEMORY as memory } from './memory.test-double.ts';
import { namesAt } from './tank.ts';
import { TERMS } from './terms.ts';
import { dirtyShare, memoryText } from './text.ts';

const palette = lookOf('dark', 1440);
const size = { width: 100, height: 32 };

test('parts are stacked to scale', () => {
  const { ctx, calls } = recordingContext();
  drawMeter(
    ctx,
    size,
    200,
    [
      { value: 50, colour: 'a' },
      { value: 20, colour: 'b' },
    ],
    [{ at: 100 }],
    palette,
  );
  const rects = calls
    .filter((call) => call.name === 'fillRect')
    .map((call) => [call.fillStyle, call.args[0], call.args[2]]);
  expect(rects.slice(1)).toEqual([
    ['a', 0, 25],
    ['b', 25, 10],
    [palette.isolated, 49.25, 1.5],
  ]);
});

test('the tank is filled to scale; kswapd works between low and high, tasks themselves below min', () => {
  const { ctx, calls } = recordingContext();
  drawFree(ctx, { width: 90, height: 74 }, { ...memory, watermarks: { min: 10, low: 20, high: 30 } }, palette);
  const rects = (colour: string) =>
    calls
      .filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === colour)
      .map(({ args }) => args.map((px) => Math.round(Number(px) * 100) / 100));
  // 60 pages on 60 px, 7 px above the bottom.
  expect(rects(palette.clean)).toEqual([[0, 47, 14, 20]]);
  expect(rects(palette.kswapd)).toEqual([[0, 37, 5, 10]]);
  expect(rects(palette.direct).every(([, y = 0]) => y > 57)).toBe(true);
  expect(calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0])).toEqual([
    'high 30',
    'low 20',
    'min 10',
  ]);
});

test('a value beyond the scale has a torn end', () => {
  const torn = (freePages: number) => {
    const { ctx, calls } = recordingContext();
    drawFree(ctx, { width: 90, height: 74 }, { ...memory, freePages }, palette);
    return calls.filter(({ name }) => name === 'fill').length;
  };
  expect([torn(20), torn(900)]).toEqual([0, 1]);
});

test('names of marks that stand close are pushed apart, and stay within', () => {
  expect(namesAt([10, 40, 60], 80)).toEqual([10, 40, 60]);
  expect(namesAt([7, 8, 9], 80)).toEqual([7, 20, 33]);
  expect(namesAt([70, 71, 72], 80)).toEqual([47.5, 60.5, 73.5]);
});

test('the dirty tank has the limit at its top, the background below, and between them where writers sleep', () => {
  const { ctx, calls } = recordingContext();
  drawDirty(ctx, { width: 90, height: 74 }, { ...memory, dirtyPages: 60, writebackPages: 20 }, palette);
  const marks = calls.filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle === palette.isolated);
  expect(marks.map(({ args }) => Number(args[1]) + 0.75)).toEqual([7, 22, 37]);
  const parts = calls.filter(({ fillStyle }) => fillStyle === palette.dirty || fillStyle === palette.writeback);
  expect(parts.map(({ args }) => args[3])).toEqual([22.5, 7.5]);
});

test('the ladder has 13 rungs, filled from 12 down to where reclaim got', () => {
  const { ctx, calls } = recordingContext();
  drawPriority(ctx, { width: 40, height: 78 }, 10, palette);
  const rungs = calls.filter((call) => call.name === 'fillRect').map((call) => call.fillStyle);
  expect(rungs).toHaveLength(13);
  expect(rungs.slice(0, 3)).toEqual([palette.kswapd, palette.kswapd, palette.kswapd]);
  expect(rungs.slice(3)).not.toContain(palette.kswapd);
  expect(calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0])).toEqual(['12', '0', '10']);
});

test('in words and numbers', () => {
  expect(throttleFrom(memory)).toBe(120);
  expect(dirtyShare(memory)).toBe(0.5);
  expect(memoryText({ memory, memcgs: [] })).toBe(
    '20 pages free, above high (10, 13, 15). 300 dirty and 100 being written of 160 allowed. Reclaim went down to priority 10.',
  );
});

const memcg: MemcgFrame = {
  name: 'db',
  parent: '',
  usagePages: 5120,
  limitPages: 6144,
  softLimitPages: Infinity,
  wmarks: { low: Infinity, high: Infinity },
  backgroundThreshPages: Infinity,
  dirtyThreshPages: Infinity,
  anonPages: 100,
  cleanPages: 4000,
  dirtyPages: 900,
  writebackPages: 120,
  failcnt: 3,
  stalledNs: 0,
};

test('a group shows the marks it has, and none beyond the scale', () => {
  expect(memcgMarks(memcg, 6144)).toEqual([{ at: 6144, label: 'limit' }]);
  const watched = { ...memcg, softLimitPages: 3072, wmarks: { low: 5632, high: 5120 }, dirtyThreshPages: 1200 };
  expect(memcgMarks(watched, 6144).map(({ label }) => label)).toEqual(['limit', 'soft', 'low', 'high', 'dirty']);
  expect(memcgMarks({ ...memcg, limitPages: 8000 }, 6144)).toEqual([]);
});

test('a group in words: usage, limits, dirty pages, its kswapd', () => {
  const text = memoryText({
    memory,
    memcgs: [
      { ...memcg, softLimitPages: 3072, wmarks: { low: 5632, high: 5120 }, dirtyThreshPages: 1200 },
      { ...memcg, name: 'free', limitPages: Infinity },
    ],
  });
  expect(text).toContain(
    'Group db: 20.0 of 24.0 MiB, soft limit 12.0 MiB, 900 pages dirty of 1200 allowed. Its kswapd works from 22.0 MiB down to 20.0 MiB.',
  );
  expect(text).toContain('Group free: 20.0 MiB without a limit, 900 pages dirty.');
});

test('the bar of a lit group is framed, of another not', () => {
  const thing = { kind: 'memcg', name: 'a' } as const;
  const framed = (name: string) => {
    const { ctx, calls } = recordingContext();
    markMemcg(ctx, size, name, [{ thing, isPinned: true, found: undefined }], palette);
    return calls.some((call) => call.name === 'strokeRect' && call.strokeStyle === palette.isolated);
  };
  expect(framed('a')).toBe(true);
  expect(framed('b')).toBe(false);
});

test('the dirty share says what it is a share of', () => {
  const [term] = TERMS;
  expect(term!.of({ memory } as unknown as MachineFrame)).toEqual([
    `50${THIN}%: 300 dirty and 100 being written of 800 pages`,
  ]);
});
