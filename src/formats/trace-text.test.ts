import { expect, test } from 'vitest';
import { TRACEPOINTS } from '../abi/tracepoints.ts';
import { newLineFront, readLineFront } from './shared/ftrace-line.ts';
import { type TraceRow, traceLine, writeTraceText } from './trace-text.ts';

const ROW: TraceRow = { timeNs: 12_123_087_999, task: 'kswapd0', pid: 44, point: TRACEPOINTS.kswapdWake, args: [0, 3] };

test('an event is printed as the kernel prints it', () => {
  expect(traceLine(ROW)).toBe('         kswapd0-44      [000]    12.123087: mm_vmscan_kswapd_wake: nid=0 order=3');
});

test('what is written can be read: task, time to the microsecond, event', () => {
  const front = newLineFront();
  const line = traceLine({ ...ROW, task: 'a name that is too long' });

  expect(readLineFront(line, front)).toBe(true);
  expect(front).toMatchObject({ seconds: 12, fractionNs: 123_087_000 });
  expect(line.slice(front.taskAt, front.taskEnd)).toBe('a name that is -44');
  expect(line.slice(front.eventAt, front.eventEnd)).toBe('mm_vmscan_kswapd_wake');
});

test('a text has the header that readers look for and one line per event', () => {
  const lines = writeTraceText([ROW, ROW]).split('\n');

  expect(lines[0]).toBe('# tracer: nop');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(2);
});
