import { expect, test } from 'vitest';
import { cellWords, tablesText } from './table.ts';

test('numbers are grouped on the screen, plain and in columns in a mail', () => {
  expect([cellWords(13870), cellWords(0.5), cellWords(Number.NaN), cellWords(Infinity), cellWords('')]).toEqual([
    '13\u2009870',
    '0.5',
    '–',
    '–',
    '',
  ]);
  const rows = [
    ['nr_dirty', 13870, '54.2'],
    ['min', Infinity, ''],
  ];
  expect(tablesText([{ caption: 'Memory', head: ['counter', 'pages', 'MiB'], rows }])).toBe(
    ['Memory', 'counter   pages   MiB', 'nr_dirty  13870  54.2', 'min           -'].join('\n'),
  );
});
