import { expect, test } from 'vitest';
import { distance, EYES, lightness, seen } from './eyes.test-double.ts';
import { HEAT_NONE, HEAT_RAMP, heatColour } from './heat-ramp.ts';

test.each(Object.entries(EYES))(
  '%s eyes: light = few, each step darker and apart from its neighbours; black stands alone',
  (_eye, m) => {
    HEAT_RAMP.forEach((hex, step) => {
      const next = HEAT_RAMP[step + 1];
      if (next) {
        expect(distance(seen(hex, m), seen(next, m))).toBeGreaterThanOrEqual(8.3);
        expect(lightness(hex, m)).toBeGreaterThan(lightness(next, m));
      }
      expect(distance(seen(hex, m), seen(HEAT_NONE, m))).toBeGreaterThanOrEqual(34);
    });
  },
);

test('a colour for each digit, black only for 0', () => {
  expect(Array.from({ length: 10 }, (_, digit) => heatColour(digit))).toEqual([HEAT_NONE, ...HEAT_RAMP]);
});
