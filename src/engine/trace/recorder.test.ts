import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TRACE_ID } from '../../abi/tracepoints.ts';
import { Recorder } from './recorder.ts';

test('property: the ring keeps the newest events, and counts all and the lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat({ max: 60 }), (capacity, events) => {
      const trace = new Recorder(capacity);
      for (let at = 0; at < events; at++) trace.emit(TRACE_ID.lruIsolate, at, 3, at, 1, 2);

      expect(trace.emitted).toBe(events);
      expect(trace.lost).toBe(Math.max(0, events - capacity));
      expect(trace.counts[TRACE_ID.lruIsolate]).toBe(events);
      for (let at = 0; at < events; at++) {
        const row = trace.rowOf(at);
        expect(row === undefined).toBe(at < trace.lost);
        if (row === undefined) continue;
        expect([trace.timeNs[row], trace.thread[row], trace.id[row]]).toEqual([at, 3, TRACE_ID.lruIsolate]);
        expect(trace.argsOf(row).slice(0, 3)).toEqual([at, 1, 2]);
      }
    }),
  );
});

test('arguments that are not given are 0, also where an older event stood', () => {
  const trace = new Recorder(1);
  trace.emit(TRACE_ID.lruIsolate, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9);
  trace.emit(TRACE_ID.kswapdSleep, 1, 0);

  expect(trace.argsOf(0).every((value) => value === 0)).toBe(true);
});

test('an event that is not there yet has no row', () => {
  expect(new Recorder(4).rowOf(0)).toBeUndefined();
});
