import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { FORMATS, readForeign } from './registry.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const EVENT_LINE =
  '              dd-169     [000] .....    10.5: generic_perform_write: (g+0x0/0x1) dev=0x800001 ino=5 pos=0 count=9\n';
const SCENARIO_HEAD = '{"format": "reclaimscope-scenario", "version": 9}';

const kindOf = (...files: { name: string; bytes: Uint8Array }[]): string => {
  const loaded = readForeign(files);
  return loaded.ok ? loaded.value.kind : describeError(loaded.error);
};

test('files are told apart by content, whatever their names', () => {
  const list = { name: 'x', bytes: bytesOf('5 0 /work/a\n') };

  expect(kindOf({ name: 'scenario.json', bytes: bytesOf(EVENT_LINE) })).toBe('recording');
  expect(kindOf({ name: 'x', bytes: gzipSync(bytesOf(EVENT_LINE)) }, list)).toBe('recording');
  expect(kindOf({ name: 'trace.txt', bytes: bytesOf(SCENARIO_HEAD) })).toMatch(/^trace\.txt: a scenario of version 9/);
});

test('a trace with events of reclaim or of the disk is no workload, though it may hold page cache events too', () => {
  const vmscan = EVENT_LINE.replace(/generic_.*/, 'mm_vmscan_kswapd_wake: nid=0 order=0');
  const marker = EVENT_LINE.replace(/generic_.*/, 'tracing_mark_write: phase 1');

  expect(kindOf({ name: 'a', bytes: bytesOf(vmscan) })).toBe('trace');
  expect(kindOf({ name: 'a', bytes: bytesOf(vmscan + EVENT_LINE.repeat(999)) })).toBe('trace');
  expect(kindOf({ name: 'a', bytes: bytesOf(EVENT_LINE.repeat(9) + marker) })).toBe('recording');
});

test('what no format knows is read as a trace, whose reader names the line that is none', () => {
  expect(kindOf({ name: 'poem', bytes: bytesOf('the old pond') })).toBe('trace');
  expect(kindOf({ name: 'picture', bytes: bytesOf('\0PNG') })).toBe('trace');
});

test('one of a kind at a time, but for recordings', () => {
  expect(kindOf()).toBe('file: one trace at a time.');
  expect(kindOf({ name: 'a', bytes: bytesOf(SCENARIO_HEAD) }, { name: 'b', bytes: bytesOf(SCENARIO_HEAD) })).toBe(
    'b: one scenario at a time.',
  );
});

test('every format has its own id and scores from 0 to 1', () => {
  expect(new Set(FORMATS.map((format) => format.id)).size).toBe(FORMATS.length);
  for (const format of FORMATS) {
    for (const head of ['', EVENT_LINE, SCENARIO_HEAD, '\0']) {
      expect(format.sniff(bytesOf(head))).toBeGreaterThanOrEqual(0);
      expect(format.sniff(bytesOf(head))).toBeLessThanOrEqual(1);
    }
  }
});
