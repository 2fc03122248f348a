import { lab65, wcagContrast } from 'culori';
import { expect, test } from 'vitest';
import { distance, EYES, seen } from './eyes.test-double.ts';
import { DARK, LIGHT, type Palette, texel } from './palette.ts';

function worstPair(colours: readonly string[]): number {
  let worst = Number.POSITIVE_INFINITY;
  for (const eye of Object.values(EYES)) {
    colours.forEach((a, i) => {
      for (const b of colours.slice(i + 1)) worst = Math.min(worst, distance(seen(a, eye), seen(b, eye)));
    });
  }
  return worst;
}

function smallestGreyGap(colours: readonly string[]): number {
  const lightness = colours.map((colour) => lab65(colour)?.l ?? 0).sort((a, b) => a - b);
  return Math.min(...lightness.slice(1).map((l, i) => l - lightness[i]!));
}

const states = (p: Palette) => [p.free, p.clean, p.dirty, p.writeback, p.unevictable, p.isolated];
const pageStates = (p: Palette) => [p.free, p.clean, p.dirty, p.writeback];
const actors = (p: Palette) => [p.kswapd, p.flusher, p.direct, p.memcg];

test.each([
  ['light', LIGHT, 20.6, 10.2, 15.7],
  ['dark', DARK, 23.0, 11.5, 18.1],
])('%s: states and actors keep their distance for every eye', (_, palette, stateFloor, greyFloor, actorFloor) => {
  // The floors were printed to one decimal: half of the last digit may be missing.
  expect(worstPair(states(palette))).toBeGreaterThanOrEqual(stateFloor - 0.05);
  expect(worstPair(actors(palette))).toBeGreaterThanOrEqual(actorFloor - 0.05);
  expect(smallestGreyGap(pageStates(palette))).toBeGreaterThanOrEqual(greyFloor - 0.05);
});

test.each([
  ['light', LIGHT, 4.5],
  ['dark', DARK, 4.9],
])('%s: actors and text can be read on the ground', (_, palette, floor) => {
  for (const colour of actors(palette))
    expect(wcagContrast(colour, palette.ground)).toBeGreaterThanOrEqual(floor - 0.05);
  for (const colour of [palette.text, palette.muted]) {
    for (const ground of [palette.ground, palette.sunken])
      expect(wcagContrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  }
});

test('a texel holds red in its lowest byte', () => {
  expect(texel('#010203').toString(16)).toBe('ff030201');
});
