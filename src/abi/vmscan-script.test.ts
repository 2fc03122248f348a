import { expect, test } from 'vitest';
import { RECLAIM_WB_ANON, RECLAIM_WB_ASYNC, RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from './trace-flags.ts';
import type { TracepointKey } from './tracepoints.ts';
import { MS } from './units.ts';
import { readAsScript, type ScriptEvent, scriptSummary } from './vmscan-script.ts';
import { scriptText } from './vmscan-script-text.ts';

const at = (ms: number, task: string, key: TracepointKey, ...args: number[]): ScriptEvent => ({
  timeNs: ms * MS,
  task,
  pid: task === 'kswapd0' ? 34 : 100,
  key,
  args,
});
const summaryOf = (events: readonly ScriptEvent[]) =>
  Object.fromEntries(scriptSummary(readAsScript(events)).map(({ label, value }) => [label, value]));

const isolate = (ms: number, task: string, mode: number, scanned: number, contigDirty = 0) =>
  at(ms, task, 'lruIsolate', mode, 0, 32, scanned, scanned, 0, contigDirty, 0);

test('§8.4 wake requests count only of tasks that did a direct reclaim', () => {
  const request = (task: string) => at(1, task, 'wakeupKswapd', 0, 0, 0);
  const events = [request('cat'), request('cat'), request('dd'), at(2, 'dd', 'directReclaimBegin', 0, 1, 0xd0)];

  expect(summaryOf(events)).toMatchObject({ 'Wake kswapd requests': 1, 'Direct reclaims': 1 });
});

test('§8.4 a wake while kswapd is awake is a re-wakeup; awake time runs from the first wake to the full sleep', () => {
  const wake = (ms: number) => at(ms, 'kswapd0', 'kswapdWake', 0, 0);
  const events = [wake(10), wake(20), wake(30), at(50, 'kswapd0', 'kswapdSleep', 0), wake(90), wake(95)];
  const [kswapd] = readAsScript(events);

  expect(kswapd).toMatchObject({ kswapdWakeups: 2, kswapdRewakeups: 3, kswapdWakeupsPerOrder: { 0: 2 } });
  expect(summaryOf(events)).toMatchObject({ 'Kswapd wakeups': 2, 'Time kswapd awake': 0.04 });
});

test('§8.4 a sleep whose wake was lost adds the whole uptime', () => {
  const events = [at(5000, 'kswapd0', 'kswapdSleep', 0), at(6000, 'kswapd0', 'kswapdWake', 0, 0)];

  expect(summaryOf(events)['Time kswapd awake']).toBe(5);
});

test('§8.4 pages scanned are those isolated from inactive lists or by lumpy reclaim; rotation of active lists is not', () => {
  const events = [
    at(1, 'dd', 'directReclaimBegin', 0, 1, 0xd0),
    isolate(2, 'dd', 0, 32),
    isolate(3, 'dd', 1, 32),
    isolate(4, 'dd', 2, 40, 7),
    isolate(5, 'cat', 0, 32),
    at(6, 'kswapd0', 'kswapdWake', 0, 0),
    isolate(7, 'kswapd0', 0, 10),
    at(8, 'dd', 'memcgIsolate', 0, 0, 32, 32, 32, 0, 0, 0),
  ];

  expect(summaryOf(events)).toMatchObject({ 'Direct reclaim pages scanned': 72, 'Kswapd pages scanned': 10 });
  expect(readAsScript(events)[0]!.contigDirty).toBe(7);
});

test('§8.4 writes are split by file and anon, and by the mode of the pass', () => {
  const write = (task: string, flags: number) => at(2, task, 'writepage', 7, 7, flags);
  const events = [
    at(1, 'dd', 'directReclaimBegin', 0, 1, 0xd0),
    write('dd', RECLAIM_WB_FILE | RECLAIM_WB_ASYNC),
    write('dd', RECLAIM_WB_FILE | RECLAIM_WB_SYNC),
    write('dd', RECLAIM_WB_ANON | RECLAIM_WB_SYNC),
    write('cat', RECLAIM_WB_ANON | RECLAIM_WB_ASYNC),
  ];

  expect(summaryOf(events)).toMatchObject({
    'Direct reclaim write file async I/O': 1,
    'Direct reclaim write file sync I/O': 1,
    'Direct reclaim write anon sync I/O': 1,
    'Direct reclaim write anon async I/O': 0,
  });
});

test('§8.4 a task with both latencies loses those of kswapd that share an index; an end without a begin ends the list', () => {
  const both = [
    at(0, 'x', 'directReclaimBegin', 0, 1, 0xd0),
    at(10, 'x', 'directReclaimEnd', 32),
    at(20, 'x', 'kswapdWake', 0, 0),
    at(120, 'x', 'kswapdSleep', 0),
    at(130, 'x', 'kswapdWake', 0, 0),
    at(160, 'x', 'kswapdSleep', 0),
  ];
  expect(summaryOf(both)).toMatchObject({ 'Time stalled direct reclaim': 0.01, 'Time kswapd awake': 0.03 });

  const cut = [
    at(5, 'dd', 'directReclaimEnd', 32),
    at(6, 'dd', 'directReclaimBegin', 0, 1, 0xd0),
    at(9, 'dd', 'directReclaimEnd', 1),
  ];
  expect(summaryOf(cut)['Time stalled direct reclaim']).toBe(0);
});

test('§8.4 the name of a process is read from its letters, digits and dashes', () => {
  const named = (task: string) => readAsScript([at(1, task, 'kswapdWake', 0, 0)])[0]!.name;

  expect(named('flush-8:0')).toBe('0-100');
  expect(named('a_very_long_program')).toBe('pro-100');
  expect(named('kswapd0')).toBe('kswapd0-34');
});

test('§8.4 the text has the script’s four blocks', () => {
  const text = scriptText(
    readAsScript([
      at(0, 'dd', 'wakeupKswapd', 0, 0, 3),
      at(0, 'dd', 'directReclaimBegin', 3, 1, 0xd0),
      at(1, 'kswapd0', 'kswapdWake', 0, 3),
      isolate(2, 'dd', 2, 40, 7),
      at(101, 'dd', 'directReclaimEnd', 32),
      at(200, 'kswapd0', 'kswapdSleep', 0),
    ]),
  );

  expect(text.split('\n')).toEqual([
    'Reclaim latencies expressed as order-latency_in_ms',
    'dd-100       3-101',
    'kswapd0-34   3-199',
    '',
    'Process         Direct    Wokeup     Pages     Pages     Pages      Time',
    'details          Rclms    Kswapd   Scanned   Sync-IO  ASync-IO   Stalled',
    'dd-100               1         1        40         0         0     0.101      direct-3=1       wakeup-3=1       contig-dirty=7 ',
    '',
    'Kswapd          Kswapd     Order     Pages     Pages     Pages',
    'Instance       Wakeups Re-wakeup   Scanned   Sync-IO  ASync-IO',
    'kswapd0-34           1         0         0         0         0      wake-3=1 ',
    '',
    'Summary',
    ...SUMMARY,
    '',
  ]);
});

const SUMMARY = [
  'Direct reclaims:                        1',
  'Direct reclaim pages scanned:           40',
  'Direct reclaim write file sync I/O:     0',
  'Direct reclaim write anon sync I/O:     0',
  'Direct reclaim write file async I/O:    0',
  'Direct reclaim write anon async I/O:    0',
  'Wake kswapd requests:                   1',
  'Time stalled direct reclaim:            0.10 seconds',
  '',
  'Kswapd wakeups:                         1',
  'Kswapd pages scanned:                   0',
  'Kswapd reclaim write file sync I/O:     0',
  'Kswapd reclaim write anon sync I/O:     0',
  'Kswapd reclaim write file async I/O:    0',
  'Kswapd reclaim write anon async I/O:    0',
  'Time kswapd awake:                      0.20 seconds',
];
