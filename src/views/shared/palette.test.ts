import { type Color, clampRgb, converter, differenceCiede2000, lab65, wcagContrast } from 'culori';
import { expect, test } from 'vitest';
import { DARK, LIGHT, type Palette, texel } from './palette.ts';

/**
 * Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light as the paper does (culori's own filters
 * take gamma-encoded values); then CIEDE2000 between what is seen.
 */
const EYES = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const toLinear = converter('lrgb');
function seen(hex: string, m: readonly number[]): Color {
  const { r, g, b } = toLinear(hex) ?? { r: 0, g: 0, b: 0 };
  const row = (i: number) => m[i]! * r + m[i + 1]! * g + m[i + 2]! * b;
  return clampRgb({ mode: 'lrgb', r: row(0), g: row(3), b: row(6) });
}
const distance = differenceCiede2000();

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
