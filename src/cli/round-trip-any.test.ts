import fc from 'fast-check';
import { test } from 'vitest';
import type { ExportRun } from '../abi/trace-export.ts';
import { TRACEPOINT_KEYS, TRACEPOINTS, type Tracepoint } from '../abi/tracepoints.ts';
import type { ScriptEvent } from '../abi/vmscan-script.ts';
import { compare, isIn32, isIn2636, roundTrip } from './round-trip.test-double.ts';

/** A number that a field may hold: all of its range where there is one, and sectors beyond 32 bits. */
const numberIn: Readonly<Record<string, fc.Arbitrary<number>>> = {
  dev: fc.nat({ max: 3 }),
  sector: fc.nat({ max: 2 ** 31 }).map((half) => half * 3),
  gfp: fc.constantFrom(0xd0, 0x50, 0x200da, 0x20, 0x10, 0x10d0),
  wb: fc.nat({ max: 15 }),
  lru: fc.nat({ max: 4 }),
  throttle: fc.nat({ max: 3 }),
  pfn: fc.nat({ max: 2 ** 26 }),
};
const flag = fc.nat({ max: 1 });
const isFlag = (field: string): boolean => /^(write|kupdate|background|range_cyclic|may_writepage)$/.test(field);
const anyEvent: fc.Arbitrary<ScriptEvent> = fc.constantFrom(...TRACEPOINT_KEYS).chain((key) =>
  fc.record({
    key: fc.constant(key),
    timeNs: fc.nat({ max: 2 ** 31 }).map((n) => n * 1009),
    task: fc.constantFrom(
      'dd',
      'kswapd0',
      'flush-8:0',
      'my prog-1: x',
      'jbd2/sda1-8',
      '1234',
      'a name that is too long',
    ),
    pid: fc.nat({ max: 99_999 }),
    args: fc.tuple(
      ...Object.entries((TRACEPOINTS[key] as Tracepoint).fields).map(([field, kind]) =>
        isFlag(field) ? flag : (numberIn[kind] ?? fc.nat({ max: 2 ** 31 })),
      ),
    ),
  }),
);

test('property: any event of any task is read back from the words of 2.6.36, 3.2 and 6.1, to the last field', () => {
  const run: ExportRun = {
    machine: 'A',
    kernel: 'v2.6.36',
    scenario: 'any',
    seed: 1,
    threads: [],
    disks: 4,
    groups: [],
    vmstat: [],
  };
  const taken = { run, untilNs: 1e9 };
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 30 }), (unsorted) => {
      const events = unsorted
        .map((event) =>
          event.key === 'writepage' ? { ...event, args: [event.args[1]!, ...event.args.slice(1)] } : event,
        )
        .sort((a, b) => a.timeNs - b.timeNs);
      const old = events.filter(isIn2636);
      if (old.length > 0) compare(roundTrip('ftrace', { ...taken, events: old }), old, '2.6.36');
      const middle = events.filter(isIn32);
      if (middle.length > 0) compare(roundTrip('ftrace-3.2', { ...taken, events: middle }), middle, '3.2');
      compare(roundTrip('ftrace-6.1', { ...taken, events }), events, '6.1');
    }),
    { numRuns: 60 },
  );
});
