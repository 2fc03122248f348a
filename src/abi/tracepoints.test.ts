import { expect, test } from 'vitest';
import { gfpText, writebackFlagsText } from './trace-flags.ts';
import {
  formatEvent,
  LATER_FIELDS,
  LATER_POINTS,
  MAX_FIELDS,
  TRACEPOINT_KEYS,
  TRACEPOINTS,
  type Tracepoint,
} from './tracepoints.ts';

const POINTS: readonly Tracepoint[] = Object.values(TRACEPOINTS);

test('§8.1 §8.2 §8.3 the twelve vmscan events of 2.6.36, by name and fields', () => {
  const vmscan = TRACEPOINT_KEYS.filter(
    (key) => !LATER_POINTS.includes(key) && /^mm_vmscan_/.test(TRACEPOINTS[key].name),
  );
  const fieldsOf = (key: (typeof vmscan)[number]) =>
    Object.keys(TRACEPOINTS[key].fields).filter((field) => field !== LATER_FIELDS[key]);

  const begin = 'order may_writepage gfp_flags';
  const isolate = 'isolate_mode order nr_requested nr_scanned nr_taken contig_taken contig_dirty contig_failed';
  expect(Object.fromEntries(vmscan.map((key) => [TRACEPOINTS[key].name.slice(10), fieldsOf(key).join(' ')]))).toEqual({
    kswapd_sleep: 'nid',
    kswapd_wake: 'nid order',
    wakeup_kswapd: 'nid zid order',
    direct_reclaim_begin: begin,
    direct_reclaim_end: 'nr_reclaimed',
    memcg_reclaim_begin: begin,
    memcg_reclaim_end: 'nr_reclaimed',
    memcg_softlimit_reclaim_begin: begin,
    memcg_softlimit_reclaim_end: 'nr_reclaimed',
    lru_isolate: isolate,
    memcg_isolate: isolate,
    writepage: 'page pfn flags',
  });
});

test('every event says when it fires and fits the ring', () => {
  for (const { name, doc, fields } of POINTS) {
    expect(doc.length, name).toBeGreaterThan(20);
    expect(Object.keys(fields).length, name).toBeLessThanOrEqual(MAX_FIELDS);
  }
});

test.each([
  [0, 'GFP_NOWAIT'],
  [0xd0, 'GFP_KERNEL'],
  [0x50, 'GFP_NOFS'],
  [0x200da, 'GFP_HIGHUSER_MOVABLE'],
  [0x10, 'GFP_NOIO'],
  [0x20, 'GFP_ATOMIC'],
  [0x110d0, 'GFP_KERNEL|GFP_NORETRY|GFP_NOMEMALLOC'],
  [0x40, 'GFP_IO'],
  [0x100000, '0x100000'],
])('gfp_flags %i are printed as %s', (flags, text) => {
  expect(gfpText(flags)).toBe(text);
});

test('§8.3 the flags of mm_vmscan_writepage are printed by name, none as NONE', () => {
  expect(formatEvent(TRACEPOINTS.writepage, [7, 7, 2 | 8])).toBe(
    'mm_vmscan_writepage: page=7 pfn=7 flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC',
  );
  expect(writebackFlagsText(1 | 4)).toBe('RECLAIM_WB_ANON|RECLAIM_WB_SYNC');
  expect(writebackFlagsText(0)).toBe('RECLAIM_WB_NONE');
});
