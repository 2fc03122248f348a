import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../../abi/errors.ts';
import { fieldOf, type ReadTrace, TraceValues } from '../../abi/trace-table.ts';
import { readTrace } from './read.ts';

function read(text: string): ReadTrace {
  const result = readTrace({ name: 'trace.txt', bytes: new TextEncoder().encode(text) });
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value;
}

const TEXT = `# tracer: nop
#
# entries-in-buffer/entries-written: 3/10   #P:2
#
     my prog-1: x-309     [000] d..1. 1795383465.211728: mm_vmscan_lru_isolate: classzone=3 order=0 nr_requested=32 nr_scanned=32 nr_skipped=0 nr_taken=30 lru=inactive_file
          <idle>-0       [001] ..s1. 1795383465.211729: block_rq_complete: 8,0 FF () 18446744073709551615 + 0 [0]
CPU:1 [LOST 53 EVENTS]
         kswapd0-44      [001] ..... 1795383465.211727: mm_vmscan_write_folio: page=000000003f53e39b pfn=0x544c flags=RECLAIM_WB_FILE
`;

test('events, their exact values and times, and what was lost', () => {
  const { table, reading } = read(TEXT);
  const values = new TraceValues(table);
  const texts = TEXT.split('\n');

  expect(table.count).toBe(3);
  expect([...table.timeNs]).toEqual([0, 1000, -1000]);
  expect(table.originNs).toBe(1_795_383_465_211_728_000n);
  expect(table.tasks[table.task[0]!]).toEqual({ name: 'my prog-1: x', pid: 309, tgid: -1 });
  for (let row = 0; row < 3; row++) {
    expect(texts[table.line[row]! - 1]!.endsWith(`${values.shape(row).event}: ${values.eventText(row)}`)).toBe(true);
  }
  expect(values.integer(1, fieldOf(values.shape(1), 'sector'))).toBe(18446744073709551615n);
  expect(values.text(2, fieldOf(values.shape(2), 'page'))).toBe('000000003f53e39b');
  expect(table.gaps).toEqual([
    { beforeRow: 0, cpu: -1, events: 7 },
    { beforeRow: 2, cpu: 1, events: 53 },
  ]);
  expect(reading).toMatchObject({ lines: 8, headerLines: 4, eventLines: 3, lostLines: 1, timesGoingBack: 1 });
});

test('a gzipped file, of one member or of two, reads as its text does and is as long', () => {
  const bytes = new TextEncoder().encode(TEXT);
  const half = TEXT.indexOf('CPU:1');
  const two = [gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))].flatMap((member) => [...member]);
  for (const packed of [gzipSync(bytes), Uint8Array.from(two)]) {
    const result = readTrace({ name: 'trace.txt', bytes: packed });
    expect(result.ok && result.value.reading).toEqual(read(TEXT).reading);
  }
  expect(read(TEXT).reading.bytes).toBe(bytes.length);
});
