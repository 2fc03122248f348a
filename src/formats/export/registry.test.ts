import { expect, test } from 'vitest';
import type { ExportFormatId, ExportRun } from '../../abi/trace-export.ts';
import type { TracepointKey } from '../../abi/tracepoints.ts';
import { createTraceWriter } from './registry.ts';

const RUN: ExportRun = {
  machine: 'B',
  kernel: 'rfc-v1',
  scenario: 'reader',
  seed: 1,
  threads: [
    { pid: 0, name: 'kswapd0', kind: 'kswapd' },
    { pid: 1, name: 'dd', kind: 'task' },
  ],
  disks: 2,
  groups: ['build'],
  vmstat: [
    ['nr_free_pages', 9000],
    ['allocstall', 0],
  ],
};

type Told = readonly [atUs: number, pid: number, key: TracepointKey, ...args: number[]];

function text(format: ExportFormatId, ...told: readonly Told[]): string {
  const writer = createTraceWriter(format);
  const events = told.map(
    ([atUs, pid, key, ...args]) => ({ timeNs: atUs * 1000, task: RUN.threads[pid]!.name, pid, key, args }) as const,
  );
  return (
    writer.begin(RUN) +
    events.map((event) => writer.event(event)).join('') +
    writer.sample({ atNs: 5e6, freePages: 12, dirtyPages: 3, writebackPages: 4, groupPages: [77] }) +
    writer.end({ atNs: 10e6, vmstat: [['nr_free_pages', 12]] })
  );
}

test('/proc/vmstat before and after', () => {
  expect(text('vmstat-before')).toBe('nr_free_pages 9000\nallocstall 0\n');
  expect(text('vmstat-after')).toBe('nr_free_pages 12\n');
});

test('stalls: when each ended and how long it was, each thread and cause by itself; none of no length, none unfinished', () => {
  const stalls = text(
    'stalls',
    [1000, 1, 'directReclaimBegin', 0, 1, 0],
    [1100, 0, 'directReclaimBegin', 0, 1, 0],
    [1500, 1, 'balanceDirtyBegin', 1, 1],
    [1500, 1, 'balanceDirtyEnd', 1, 1],
    [3500.25, 1, 'directReclaimEnd', 32],
    [3550, 1, 'directReclaimEnd', 32],
    [3600, 1, 'memcgReclaimEnd', 32],
  );
  expect(stalls).toBe('3.500 2.500250\n');
});

test('blkparse: a line per action, numbered and timed from the first; the summary of each disk adds them up', () => {
  const lines = text(
    'blkparse',
    [500, 1, 'blockRqInsert', 0, 800, 8, 1, 0],
    [700, 1, 'blockRqIssue', 0, 800, 16, 1, 0],
    [900.5, 1, 'blockRqComplete', 0, 800, 16, 1, 0, 1, 2, 3],
    [950, 0, 'blockRqIssue', 1, 8, 8, 0, 1],
    [960, 0, 'kswapdSleep', 0],
  ).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    '  8,0    0        1     0.000000000     1  Q   W 800 + 8 [dd]',
    '  8,0    0        2     0.000000000     1  G   W 800 + 8 [dd]',
    '  8,0    0        3     0.000000000     1  I   W 800 + 8 [dd]',
    '  8,0    0        4     0.000200000     1  D   W 800 + 16 [dd]',
    '  8,0    0        5     0.000400500     1  C   W 800 + 16 [0]',
    ' 8,16    0        6     0.000450000     0  D   R 8 + 8 [kswapd0]',
  ]);
  expect(lines.slice(6, 13)).toEqual([
    'CPU0 (sda):',
    ' Reads Queued:           0,        0KiB\t Writes Queued:           1,        4KiB',
    ' Read Dispatches:        0,        0KiB\t Write Dispatches:        1,        8KiB',
    ' Reads Completed:        0,        0KiB\t Writes Completed:        1,        8KiB',
    '',
    'Throughput (R/W): 0KiB/s / 842KiB/s',
    'Events (sda): 5 entries',
  ]);
});

test('Chrome’s trace events: a process, a track per thread and disk, slices with their ends, counters', () => {
  const { traceEvents: facts } = JSON.parse(
    text(
      'chrome',
      [1, 0, 'kswapdWake', 0, 0],
      [2, 0, 'kswapdWake', 0, 0],
      [3, 1, 'writebackExec', 0, Number.POSITIVE_INFINITY, 0, 1, 1],
      [4, 1, 'blockRqIssue', 1, 800, 8, 1, 0],
      [5, 1, 'blockRqComplete', 1, 800, 8, 1, 0, 7, 8, 9],
      [6, 0, 'kswapdSleep', 0],
      [7, 1, 'writebackPagesWritten', 44],
      [8, 1, 'memcgReclaimBegin', 0, 1, 0],
      [20, 1, 'throttled', 0, 100_000, 5, 0],
    ),
  ) as { traceEvents: Record<string, unknown>[] };
  expect(facts.every(({ pid }) => pid === 2)).toBe(true);
  const ofPhase = (ph: string) => facts.filter((fact) => fact.ph === ph).map(({ pid: _, ph: __, ...fact }) => fact);
  expect(ofPhase('M').map(({ tid, args }) => [tid, (args as { name: string }).name])).toEqual([
    [0, 'B rfc-v1, reader, seed 1'],
    [1, 'kswapd0'],
    [2, 'dd'],
    [100000, 'disk sda'],
    [100001, 'disk sdb'],
  ]);
  expect(ofPhase('X')).toEqual([
    { name: 'kswapd awake', ts: 1, dur: 5, tid: 1, args: { nid: 0, order: 0 } },
    { name: 'flusher work', ts: 3, dur: 4, tid: 2, args: { disk: 0, nr_pages: '9223372036854775807', written: 44 } },
    { name: 'reclaim_throttle', ts: 15, dur: 5, tid: 2, args: { reason: 'WRITEBACK' } },
    { name: 'memcg reclaim', ts: 8, dur: 9992, tid: 2, args: { unfinished: true } },
  ]);
  const request = { name: 'W 8 sectors', cat: 'disk', id: '1 800 1 4000', tid: 100001 };
  const args = { sector: 800, sectors: 8, task: 'dd', seek_us: 7, rotate_us: 8, transfer_us: 9 };
  expect(ofPhase('b')).toEqual([{ ...request, ts: 4, args }]);
  expect(ofPhase('e')).toEqual([{ ...request, ts: 5 }]);
  expect(ofPhase('C')).toEqual([
    { name: 'disk head sdb', ts: 4, args: { sector: 800 } },
    { name: 'free pages', ts: 5000, args: { pages: 12 } },
    { name: 'dirty and writeback pages', ts: 5000, args: { dirty: 3, writeback: 4 } },
    { name: 'memcg build usage', ts: 5000, args: { pages: 77 } },
  ]);
});
