import { expect, test } from 'vitest';
import type { WhatIf } from '../../abi/what-if.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawWhatIf } from './draw.ts';
import { fateText, SUMS } from './text.ts';

const run: WhatIf = {
  outcome: 'page',
  hashBefore: 'a',
  hashAfter: 'b',
  fromNs: 10e9,
  untilNs: 12e9,
  sums: { requests: 3, pagesWritten: 5, seeks: 1, stallMs: 12.34, directReclaims: 2 },
  events: [],
  requests: {
    endNs: Float64Array.of(10e9, 11e9, 12e9),
    sector: Float64Array.of(0, 500, 1000),
    sectors: Float64Array.of(8, 8, 8),
    write: Uint8Array.of(1, 0, 1),
  },
  totalSectors: 1000,
};
const palette = lookOf('dark', 1440);

test('a request is a dot at its end and its place, written in the colour of writeback', () => {
  const { ctx, calls } = recordingContext();
  drawWhatIf(ctx, { width: 108, height: 58 }, run, palette);
  const dots = calls.filter(({ name, fillStyle }) => name === 'fillRect' && fillStyle !== palette.sunken);
  expect(dots.map(({ args, fillStyle }) => [args[0], args[1], fillStyle])).toEqual([
    [3, 3, palette.writeback],
    [53, 28, palette.task],
    [103, 53, palette.writeback],
  ]);
});

test('the sums of an outcome, the page’s fate in one line', () => {
  expect(SUMS.map(({ label, of }) => [label, of(run)])).toContainEqual(['stalled, ms', '12.3']);
  expect(fateText(run)).toBe('nothing more happened to the page');
});
