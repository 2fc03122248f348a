import { expect, test } from 'vitest';
import { tracedName, tracedRow, tracedSections } from '../shared/traced-sections.ts';
import { absentSentences, lossText, traceText } from './text.ts';
import { INFO } from './traced-info.test-double.ts';

test('every fact has a definition of its own, by which it is found', () => {
  const names = tracedSections(INFO).flatMap(({ id, rows }) => rows.map(({ label }) => tracedName(id, label)));
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(tracedRow(INFO, name)?.definition, name).toBeTruthy();
  expect(tracedRow(INFO, 'traced:lines:nothing')).toBeUndefined();
});

test('sections of which there is nothing are left out; what was not understood is said even where it is none', () => {
  const whole = { ...INFO, reading: { ...INFO.reading, unparsedLines: 0, lostLines: 0 } };
  expect(tracedSections(INFO).map(({ id }) => id)).toEqual(['file', 'lines', 'events', 'script']);
  const lines = tracedSections(whole).find(({ id }) => id === 'lines')?.rows ?? [];
  expect(lines.map(({ label, value }) => `${label} ${value}`)).toEqual([
    'lines 1015',
    'events 1000',
    'not understood 0',
    'header 12',
    'losses 0',
    'entries in the buffer 1000',
    'entries written 1005',
  ]);
});

test('both ways of counting stand in one row, and what one of them lacks is a dash', () => {
  const { rows = [] } = tracedSections(INFO).find(({ id }) => id === 'script') ?? {};
  expect(rows.map(({ label, value, counted }) => [label, value, counted])).toEqual([
    ['Direct reclaims', '3', '4'],
    ['Node reclaims', '–', '2'],
    ['Time kswapd awake, s', '1.50', '–'],
  ]);
});

test('a clock that counts no seconds has no duration', () => {
  const counting = tracedSections({ ...INFO, clock: 'count' })[0]?.rows ?? [];
  expect(counting.find(({ label }) => label.startsWith('duration'))?.value).toBe('–');
});

test('as plain text: every table, every digit, what was left out, what was lost, what is not in it', () => {
  const text = traceText(INFO);
  for (const words of [
    '9223372036854775807',
    '2 lines were left out. Between 1.000 and 2.000 s 5 events lost.',
    'line 17, no event: some words',
    'Free pages: enable nothing.',
  ])
    expect(text).toContain(words);
  expect(lossText({ ...INFO, remark: '', gaps: [] })).toBe('');
  expect(absentSentences(INFO)).toEqual(['Free pages: enable nothing.', 'Pages: enable filemap.']);
});

test('beside the kernel’s counters: both figures, whether they are equal, why not; and what else moved', () => {
  const row = { definition: 'What it counts.' };
  const vmstat = {
    checks: [
      { ...row, label: 'pgscan_direct', trace: '683', vmstat: '683', equal: true },
      { ...row, label: 'pgsteal_kswapd', trace: '9223372036854775808', vmstat: '5689', equal: false },
    ],
    why: 'They may differ.',
    moved: [{ ...row, label: 'nr_free_pages', value: '-12' }],
    movedInCgroup: [],
  };
  const text = traceText({ ...INFO, vmstat });
  expect(text).toContain(
    [
      'Beside /proc/vmstat                trace  counters',
      'pgscan_direct                        683       683  equal',
      'pgsteal_kswapd       9223372036854775808      5689  differs',
      'They may differ.',
    ].join('\n'),
  );
  expect(text).toContain('Moved in /proc/vmstat\nnr_free_pages          -12');
  expect(text).not.toContain('memory.stat');
  expect(tracedRow({ ...INFO, vmstat }, 'traced:vmstat:pgsteal_kswapd')).toMatchObject({ verdict: 'differs', ...row });
});
