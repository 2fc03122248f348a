import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventQueue, nextEventNs, popEvent, pushEvent } from './event-queue.ts';

/** The obvious queue: an array sorted by time; a sort that is stable keeps the order of arrival. */
type Model = { atNs: number; what: number; arg: number }[];

test('I15 I21 property: events come out by time, those of one instant in the order in which they came', () => {
  const push = fc.record({ atNs: fc.nat({ max: 6 }), what: fc.nat(), arg: fc.integer({ min: -5, max: 5 }) });
  const commands = fc.array(
    fc.oneof({ weight: 3, arbitrary: push }, { weight: 2, arbitrary: fc.constant('pop' as const) }),
    {
      maxLength: 200,
    },
  );
  fc.assert(
    fc.property(commands, (todo) => {
      const queue = createEventQueue(2); // grows on the way
      let model: Model = [];
      const pop = () => {
        const [first, ...rest] = model;
        model = rest;
        expect([queue.timeNs[0], queue.what[0], queue.arg[0]]).toEqual([first!.atNs, first!.what, first!.arg]);
        popEvent(queue);
      };
      for (const one of todo) {
        if (one !== 'pop') {
          pushEvent(queue, one.atNs, one.what, one.arg);
          model = [...model, one].sort((left, right) => left.atNs - right.atNs);
        } else if (model.length > 0) pop();
        expect(queue.length).toBe(model.length);
        expect(nextEventNs(queue)).toBe(model[0]?.atNs ?? Infinity);
      }
      while (model.length > 0) pop();
    }),
  );
});

test('I21 ties of a thousand events come out in order of arrival, also after pops in between', () => {
  const queue = createEventQueue();
  for (let at = 0; at < 1000; at++) pushEvent(queue, 5, 0, at);
  const out: number[] = [];
  for (let at = 0; at < 500; at++) {
    out.push(queue.arg[0]!);
    popEvent(queue);
    pushEvent(queue, 5, 0, 1000 + at);
  }
  while (queue.length > 0) {
    out.push(queue.arg[0]!);
    popEvent(queue);
  }

  expect(out).toEqual(Array.from({ length: 1500 }, (_, at) => at));
});

test('an empty queue has no next event and cannot be popped', () => {
  const queue = createEventQueue();

  expect(nextEventNs(queue)).toBe(Infinity);
  expect(() => popEvent(queue)).toThrow('empty');
});
