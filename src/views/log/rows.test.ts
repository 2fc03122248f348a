import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventAsk, EventColumns } from '../../abi/events.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { TracedInfo } from '../../abi/traced.ts';
import { MAX_FIELDS, TRACE_ID, TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import { THIN } from '../shared/format.ts';
import { kindsOf } from './kinds.ts';
import { type LogFilter, LogReader, type LogState } from './reader.ts';
import { happened, merged, ROWS_MAX } from './rows.ts';
import { micros, missingText, rowText, threadsOf, whoOf } from './text.ts';
import { inWords } from './words.ts';

/** A machine whose n-th event happens at n ms, with a recorder of `capacity` events. */
class FakeMachine {
  emitted = 0;
  validFrom = 0;
  asked: EventAsk[] = [];
  readonly capacity: number;
  constructor(capacity = 1e6) {
    this.capacity = capacity;
  }
  find(ask: EventAsk): EventColumns {
    this.asked.push(ask);
    const lost = Math.max(this.validFrom, this.emitted - this.capacity);
    const oldest = Math.max(ask.from, lost);
    const from = Math.max(oldest, this.emitted - ask.limit);
    const n = Float64Array.from({ length: Math.max(0, this.emitted - from) }, (_, at) => from + at);
    return {
      n,
      timeNs: n.map((one) => one * 1e6),
      id: new Uint8Array(n.length).fill(TRACE_ID.kswapdWake),
      thread: new Int16Array(n.length),
      args: new Float64Array(n.length * MAX_FIELDS),
      lost,
      emitted: this.emitted,
      completeFrom: Math.max(oldest, this.emitted - ask.limit),
    };
  }
}
const FILTER: LogFilter = { machines: ['A', 'B'], kinds: undefined, thread: undefined, text: '' };

function rig(capacity?: number) {
  const machines: Record<MachineId, FakeMachine> = { A: new FakeMachine(capacity), B: new FakeMachine(capacity) };
  let state: LogState | undefined;
  const reader = new LogReader(
    async (id, ask) => machines[id].find(ask),
    (next) => {
      state = next;
    },
  );
  const numbers = (id: MachineId) => state!.logs[id].rows.map(({ n }) => n);
  return { machines, reader, numbers, state: () => state! };
}
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

test('a log asks only for what is new, and is in one piece', async () => {
  const { machines, reader, numbers } = rig();
  machines.A.emitted = 10;
  await reader.read(FILTER, 0);
  machines.A.emitted = 25;
  await reader.read(FILTER, 0);
  expect(numbers('A')).toEqual(upTo(0, 25));
  expect(machines.A.asked.map(({ from }) => from)).toEqual([0, 10]);
});

test('what the recorder lost between two questions is not skipped over: the log begins after it, and says how many', async () => {
  const { machines, reader, numbers, state } = rig(100);
  machines.A.emitted = 50;
  await reader.read(FILTER, 0);
  machines.A.emitted = 12_445;
  await reader.read(FILTER, 0);
  expect(numbers('A')).toEqual(upTo(12_345, 12_445));
  expect(missingText(state(), ['A', 'B'])).toBe(`A: 12${THIN}345 earlier events lost`);
});

test('time turned back leaves the rows ahead; far back the log begins anew; a fork drops what no longer happens', async () => {
  const { machines, reader, numbers } = rig(100);
  machines.A.emitted = 500;
  await reader.read(FILTER, 0);
  Object.assign(machines.A, { emitted: 450, validFrom: 400 });
  await reader.read(FILTER, 0);
  expect(numbers('A')).toEqual(upTo(400, 500));
  Object.assign(machines.A, { emitted: 120, validFrom: 110 });
  await reader.read(FILTER, 0);
  expect(numbers('A')).toEqual(upTo(110, 120));
  machines.A.emitted = 125;
  await reader.read(FILTER, 1);
  expect(machines.A.asked.at(-1)!.from).toBe(0);
  expect(numbers('A')).toEqual(upTo(110, 125));
});

test('a log stays bounded', async () => {
  const { machines, reader, numbers, state } = rig();
  for (machines.A.emitted = 3000; machines.A.emitted < 12_000; machines.A.emitted += 3000) await reader.read(FILTER, 0);
  expect(numbers('A')).toEqual(upTo(9000 - ROWS_MAX, 9000));
  expect(missingText(state(), ['A'])).toBe('A: earlier events not shown');
});

test('property: both logs in one, by time', () => {
  const times = fc.array(fc.nat({ max: 20 }), { maxLength: 20 });
  const rows = (machine: MachineId, all: number[]) =>
    all.sort((x, y) => x - y).map((atNs, n) => ({ machine, n, atNs, key: 'kswapdWake' as const, thread: 0, args: [] }));
  fc.assert(
    fc.property(times, times, fc.nat({ max: 21 }), (a, b, now) => {
      const both = merged(rows('A', a), rows('B', b));
      const slow = [...rows('A', a), ...rows('B', b)].sort(
        (x, y) => x.atNs - y.atNs || x.machine.localeCompare(y.machine),
      );
      expect(both).toEqual(slow);
      expect(happened(both, now)).toBe(slow.filter(({ atNs }) => atNs <= now).length);
    }),
  );
});

test('every tracepoint is told in words', () => {
  for (const key of TRACEPOINT_KEYS) {
    const fields = Object.keys(TRACEPOINTS[key].fields).length;
    const said = inWords(
      key,
      Array.from({ length: fields }, () => 1),
    );
    expect(said, key).toMatch(/^[a-z0-9].{8,}[^.]$/);
    expect(said, key).not.toMatch(/undefined|NaN/);
  }
  const isolate = {
    machine: 'A',
    n: 0,
    atNs: 0,
    key: 'lruIsolate',
    thread: 0,
    args: [0, 0, 32, 40, 32, 0, 0, 0, 2],
  } as const;
  expect(rowText(isolate, false)).toBe('isolated 32 of 40 scanned of an inactive list (asked for 32)');
  expect(rowText(isolate, true)).toBe(
    'mm_vmscan_lru_isolate: isolate_mode=0 order=0 nr_requested=32 nr_scanned=40 nr_taken=32 contig_taken=0 contig_dirty=0 contig_failed=0 lru=inactive_file',
  );
  expect(micros(11_995_025_999)).toBe('11.995025');
});

test('an event of a recorded kernel is told as it was printed, whoever did it', () => {
  const printed = { who: 'dd-162', text: 'mm_filemap_add_to_page_cache: dev 8:1 ino 1f pfn=0x1 ofs=0' };
  const row = { machine: 'A', n: 0, atNs: 0, key: undefined, thread: 0, args: [], printed } as const;
  expect([rowText(row, true), rowText(row, false)]).toEqual([printed.text, printed.text]);
  expect(whoOf(row, undefined)).toBe('dd-162');
});

test('threads of a trace and of a simulated machine that share an id are named both', () => {
  const twin = (a: string, b: string) =>
    ({ A: { tasks: [{ id: 0, name: a }] }, B: { tasks: [{ id: 0, name: b }] } }) as never;
  expect(threadsOf(twin('dd', 'writer-1'))).toEqual([{ id: 0, name: 'dd / writer-1' }]);
  expect(threadsOf(twin('reader', 'reader'))).toEqual([{ id: 0, name: 'reader' }]);
});

test('chosen kinds are asked of a simulated kernel by number, of a trace by name; none fits where a machine lacks them', async () => {
  const { machines, reader } = rig();
  await reader.read({ ...FILTER, kinds: ['mm_vmscan_kswapd_wake', 'mm_vmscan_write_folio'] }, 0);
  await reader.read({ ...FILTER, kinds: ['mm_vmscan_write_folio'] }, 0);
  expect(machines.A.asked.map(({ ids, names }) => [ids, names])).toEqual([
    [[TRACE_ID.kswapdWake], ['mm_vmscan_kswapd_wake', 'mm_vmscan_write_folio']],
    [[], ['mm_vmscan_write_folio']],
  ]);
});

test('the list of kinds: what a trace has with its counts, and what a simulated kernel can have', () => {
  const events = [
    { label: 'mm_vmscan_write_folio', value: '12345', definition: '' },
    { label: 'mm_vmscan_kswapd_wake', value: '7', definition: '' },
  ];
  const traced = { events } as unknown as TracedInfo;
  expect(kindsOf({})).toHaveLength(TRACEPOINT_KEYS.length);
  const beside = kindsOf({ B: traced });
  expect(beside.slice(0, 2)).toMatchObject([
    { name: 'mm_vmscan_write_folio', doc: '', counts: `B 12${THIN}345` },
    { name: 'mm_vmscan_kswapd_wake', doc: TRACEPOINTS.kswapdWake.doc, counts: 'B 7' },
  ]);
  expect(beside).toHaveLength(TRACEPOINT_KEYS.length + 1);
  expect(kindsOf({ A: traced, B: traced }).map(({ counts }) => counts)).toEqual([
    `A 12${THIN}345, B 12${THIN}345`,
    'A 7, B 7',
  ]);
});
