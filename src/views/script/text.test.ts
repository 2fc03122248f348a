import { expect, test } from 'vitest';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { shownText, summaryRows } from './text.ts';

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

test('a line of thousands of latencies ends with how many more there are; short lines stay as they are', () => {
  const latencies = Array.from({ length: 3000 }, (_, at) => `0-${at}`);
  const [first, last] = shownText(`dd-162 ${latencies.join(' ')}\nend`).split('\n') as [string, string];
  expect(first.length).toBeLessThan(260);
  const [shown = '', more] = first.split(' and ');
  expect(shown.startsWith('dd-162 0-0 0-1 ')).toBe(true);
  expect(more).toBe(`${3000 - (shown.split(' ').length - 1)} more`);
  expect(last).toBe('end');
  const many = Array.from({ length: 700 }, (_, at) => `process-${at}`).join('\n');
  expect(shownText(many).split('\n').slice(-2)).toEqual(['process-599', 'and 100 more lines']);
});
