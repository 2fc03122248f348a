import { expect, test } from 'vitest';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { summaryRows } from './text.ts';

const row = (label: string, value: number, unit: ScriptRow['unit'] = ''): ScriptRow => ({
  label,
  value,
  unit,
  definition: `What ${label} is.`,
});

test('rows of a trace and of a simulated machine meet by their names; what one lacks is a dash there', () => {
  const recorded = [row('Direct reclaims', 5), row('Time kswapd awake', 1.234, 'seconds')];
  const simulated = [row('Kswapd wakeups', 2), row('Direct reclaims', 7)];
  expect(summaryRows(recorded, simulated).map(({ label, a, b }) => [label, a, b])).toEqual([
    ['Direct reclaims', '5', '7'],
    ['Time kswapd awake (seconds)', '1.23', '–'],
    ['Kswapd wakeups', '–', '2'],
  ]);
  expect(summaryRows([], simulated).map(({ a, b }) => [a, b])).toEqual([
    ['–', '2'],
    ['–', '7'],
  ]);
});
