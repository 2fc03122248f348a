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
  trace.emit(TRACE_ID.lruIsolate, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9);
  trace.emit(TRACE_ID.kswapdSleep, 1, 0);

  expect(trace.argsOf(0).every((value) => value === 0)).toBe(true);
});

test('an event that is not there yet has no row', () => {
  expect(new Recorder(4).rowOf(0)).toBeUndefined();
});

test('property: moved to and fro along one run, the ring gives every event it says it holds, and forgets no more than it must', () => {
  const emitTo = (trace: Recorder, to: number) => {
    for (let n = trace.emitted; n < to; n++) trace.emit(TRACE_ID.lruIsolate, n, 3, n);
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.nat({ max: 60 }), { maxLength: 12 }),
      (capacity, places) => {
        const trace = new Recorder(capacity);
        const marks = new Map([[0, trace.mark()]]);
        for (const place of places) {
          const mark = marks.get(place);
          if (mark) trace.moveTo(mark);
          else {
            // A place never seen is run to from the nearest earlier one.
            trace.moveTo(marks.get(Math.max(...[...marks.keys()].filter((known) => known <= place)))!);
            const before = trace.emitted - trace.lost;
            emitTo(trace, place);
            marks.set(place, trace.mark());
            expect(trace.emitted - trace.lost).toBeGreaterThanOrEqual(Math.min(before, place - trace.lost));
          }
          expect([trace.emitted, trace.counts[TRACE_ID.lruIsolate]]).toEqual([place, place]);
          expect(trace.emitted - trace.lost).toBeLessThanOrEqual(capacity);
          for (let n = trace.lost; n < place; n++) expect(trace.argsOf(trace.rowOf(n)!)[0]).toBe(n);
        }
      },
    ),
  );
});

test('forward to a moment whose events are still in the ring, none is lost', () => {
  const trace = new Recorder(8);
  const start = trace.mark();
  for (let n = 0; n < 6; n++) trace.emit(TRACE_ID.lruIsolate, n, 3, n);
  const end = trace.mark();
  trace.moveTo(start);
  trace.moveTo(end);
  expect([trace.lost, trace.emitted]).toEqual([0, 6]);
});
