/**
 * How many: light = few, along cividis, which every eye sees in one order (heat-ramp.test.ts). Black is for none only, in
 * either theme.
 */
export const HEAT_NONE = '#000000';
export const HEAT_RAMP: readonly string[] = [
  '#fff6b8',
  '#fae478',
  '#d6bf5a',
  '#b4a365',
  '#97906e',
  '#82817a',
  '#727882',
  '#5e6b90',
  '#455ba5',
];

/** Of a digit, 0 to 9. */
export const heatColour = (digit: number): string => (digit === 0 ? HEAT_NONE : HEAT_RAMP[digit - 1]!);
