import { expect, test } from 'vitest';
import { nearestStop } from './sheet-stops.ts';

test('a sheet that is let go comes to rest at the nearest of its three heights', () => {
  expect([0, 100, 140, 290, 400, 600].map((height) => nearestStop(height, 600))).toEqual([
    'tabs',
    'tabs',
    'half',
    'half',
    'full',
    'full',
  ]);
});
