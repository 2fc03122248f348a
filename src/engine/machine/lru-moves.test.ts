import { expect, test } from 'vitest';
import { machineFromText } from '../machine-from-text.ts';
import { lruCacheAdd, markPageAccessed } from './lru-moves.ts';
import { NONE } from './page-table.ts';
import { VM } from './vmstat.ts';

const counts = (set: { recentScanned: Float64Array; recentRotated: Float64Array }) => [
  Array.from(set.recentScanned),
  Array.from(set.recentRotated),
];

test.each([
  ['inactive_file', 'a', 'a*', 'inactive_file'],
  ['inactive_file', 'a*', 'a', 'active_file'],
  ['active_file', 'a', 'a*', 'active_file'],
  ['active_file', 'a*', 'a*', 'active_file'],
] as const)('R3.5 mark_page_accessed() on %s: %s becomes %s on %s', (list, before, after, then) => {
  const drawn = machineFromText(`free 4\n ${list}: ${before} b`);

  markPageAccessed(drawn.k, drawn.pfn('a'));

  expect(drawn.page('a')).toBe(after);
  expect(drawn.list(then).split(' ')[0]).toBe(after);
});

test('R3.5 activation: PGACTIVATE, recent_scanned and recent_rotated of the type, in zone and memcg', () => {
  const rig = machineFromText('free 4\n memcg tiny 9\n inactive_file: b a*&');

  markPageAccessed(rig.k, rig.pfn('a'));

  expect(rig.list('active_file')).toBe('a&');
  expect(rig.list('active_file', 1)).toBe('a&');
  expect(rig.k.vm[VM.pgactivate]).toBe(1);
  expect(counts(rig.k.m.zone.lru)).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(counts(rig.k.m.memcgs[1]!.lru)).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test('R3.5 a page that is isolated stays where it is, with PG_referenced', () => {
  const rig = machineFromText('free 4\n inactive_file: a*');
  const a = rig.pfn('a');
  rig.k.lru.remove(a);

  markPageAccessed(rig.k, a);

  expect(rig.k.pages.isReferenced(a)).toBe(true);
  expect(rig.k.pages.isActive(a)).toBe(false);
});

test.each([
  [
    'a file page',
    false,
    false,
    [
      [0, 1],
      [0, 0],
    ],
  ],
  [
    'an anon page, which starts active',
    true,
    true,
    [
      [1, 0],
      [1, 0],
    ],
  ],
  [
    'a page read in from swap',
    true,
    false,
    [
      [1, 0],
      [0, 0],
    ],
  ],
])('R3.4 adding %s bumps recent_scanned, and recent_rotated if the list is active', (_name, anon, active, expected) => {
  const { k } = machineFromText('free 4');
  const pfn = k.buddy.alloc(0);
  expect(pfn).not.toBe(NONE);
  k.pages.reset(pfn);
  if (anon) k.pages.setAnon(pfn);
  if (active) k.pages.setActive(pfn);

  lruCacheAdd(k, pfn);

  expect(counts(k.m.zone.lru)).toEqual(expected);
});

test('R3.38 rotation moves the page to the tail of the zone list, whatever lies behind it', () => {
  const rig = machineFromText('free 4\n inactive_file: a%~ b c');
  rig.run('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 0, pfns: [rig.pfn('a')] }),
  );

  rig.passNs(50e6);

  expect(rig.list('inactive_file')).toBe('b c a');
});
