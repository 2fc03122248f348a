import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DISKS, type EventAsk, eventText } from '../../abi/events.ts';
import { MAX_FIELDS, TRACE_ID, TRACEPOINT_KEYS } from '../../abi/tracepoints.ts';
import { findEvents } from './find-events.ts';
import { Recorder } from './recorder.ts';

const KEYS = ['kswapdWake', 'lruIsolate', 'blockRqIssue'] as const;
const event = fc.record({
  key: fc.constantFrom(...KEYS),
  thread: fc.nat({ max: 2 }),
  a: fc.nat({ max: 12 }),
});
const ask = fc.record({
  from: fc.nat({ max: 30 }),
  ids: fc.option(fc.subarray(KEYS.map((key) => TRACE_ID[key])), { nil: undefined }),
  thread: fc.option(fc.integer({ min: DISKS, max: 2 }), { nil: undefined }),
  text: fc.constantFrom('', 'ISOLATE', ' order=1', 'nothing'),
  limit: fc.integer({ min: 1, max: 8 }),
});

test('property: the newest that fit, as one would pick them from a list of all', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), ask, (events, wanted: EventAsk) => {
      const trace = new Recorder(16);
      for (const [n, { key, thread, a }] of events.entries()) trace.emit(TRACE_ID[key], n * 10, thread, a, a);
      const lost = Math.max(0, events.length - 16);
      const fits = events
        .map(({ key, thread, a }, n) => ({ n, key, thread: key === 'blockRqIssue' ? DISKS : thread, a }))
        .filter(
          ({ n, key, thread, a }) =>
            n >= Math.max(lost, wanted.from) &&
            (wanted.ids?.includes(TRACE_ID[key]) ?? true) &&
            (wanted.thread === undefined || wanted.thread === thread) &&
            eventText(key, [a, a]).toLowerCase().includes(wanted.text.trim().toLowerCase()),
        );
      const expected = fits.slice(-wanted.limit);
      const found = findEvents(trace, wanted);
      expect([...found.n]).toEqual(expected.map(({ n }) => n));
      expect([...found.timeNs]).toEqual(expected.map(({ n }) => n * 10));
      expect([...found.id].map((id) => TRACEPOINT_KEYS[id])).toEqual(expected.map(({ key }) => key));
      expect([...found.thread]).toEqual(expected.map(({ thread }) => thread));
      expect(Array.from(found.args).filter((_, at) => at % MAX_FIELDS === 0)).toEqual(expected.map(({ a }) => a));
      expect([found.lost, found.emitted]).toEqual([lost, events.length]);
      // All that fit from there on are there.
      expect(fits.filter(({ n }) => n >= found.completeFrom)).toEqual(expected);
    }),
  );
});
