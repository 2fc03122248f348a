import { expose, transfer } from 'comlink';
import { err, ok, type Result } from '../abi/errors.ts';
import type { Advance } from '../abi/protocol.ts';
import type { TracedApi, TracedInfo } from '../abi/traced.ts';
import { fnv1a64 } from '../formats/shared/fnv.ts';
import { readWorkload } from '../formats/workload.ts';
import { biographyOf } from '../traced/play/biography.ts';
import { remarkOf } from '../traced/play/remark.ts';
import { stallListOf } from '../traced/play/stall-list.ts';
import { TracedMachine } from '../traced/play/traced-machine.ts';
import { asideText, pairOf } from '../traced/summary/counters-beside.ts';
import { tracedTables } from '../traced/summary/tables.ts';
import { buffersOf, columnBuffers } from './buffers.ts';
import { contain as containAt } from './contain.ts';
import { holdLifeLock } from './life-lock.ts';
import { type OpenedTrace, openTrace, type SortedFiles, traceAmong, turn } from './opened-trace.ts';

/** Shares of the way to an open trace, as long as its parts take. */
const DONE = { read: 0.6, machine: 0.8 } as const;

/** What is open: the trace as a machine, and the file for what is read out of it anew. */
interface Playing {
  readonly machine: TracedMachine;
  readonly file: File;
  readonly hash: string;
}

let playing: Playing | undefined;
const NOTHING_OPEN = err({ kind: 'bad-input', where: 'trace', message: 'no trace is open' });

const contain = <T>(call: () => Result<T>): Result<T> =>
  containAt(call, () => ({ atNs: playing?.machine.nowNs ?? 0, seed: 0, hash: () => playing?.hash ?? 'none' }));

const onTrace = <T>(act: (playing: Playing) => Result<T>): Result<T> =>
  contain(() => (playing ? act(playing) : NOTHING_OPEN));

/** Does something to the machine and answers with where it stands then. */
function onMachine(
  act: (machine: TracedMachine) => Result<Pick<Advance, 'hit'> | undefined> | undefined,
): Result<Advance> {
  const result = onTrace(({ machine }): Result<Advance> => {
    const done = act(machine);
    return done && !done.ok ? done : ok({ ...machine.takeAdvance(), ...done?.value });
  });
  return result.ok ? transfer(result, buffersOf(result.value)) : result;
}

async function open(files: readonly File[], report: (done: number) => void): Promise<Result<TracedInfo>> {
  playing = undefined;
  try {
    const sorted = await traceAmong(files);
    if (!sorted.ok) return sorted;
    const opened = await openTrace(sorted.value.trace, (done) => report(done * DONE.read));
    return opened.ok ? await play(sorted.value, opened.value, report) : opened;
  } catch (cause) {
    return contain(() => {
      throw cause;
    });
  }
}

/** In pieces, between which the heartbeat is answered: a million events take a second or more in each. */
async function play(
  sorted: SortedFiles,
  { read, ref }: OpenedTrace,
  report: (done: number) => void,
): Promise<Result<TracedInfo>> {
  await turn();
  const machine = new TracedMachine(ref.name, read.table);
  report(DONE.machine);
  await turn();
  const beside = { vmstat: pairOf(sorted.vmstat), memoryStat: pairOf(sorted.memoryStat) };
  const tables = tracedTables(read, beside);
  report(1);
  playing = { machine, file: sorted.trace, hash: ref.hash };
  const { durationNs, absent, gaps, hasWorkload } = machine;
  const { clock } = read.table;
  const remark = [remarkOf(read), asideText(sorted)].filter((part) => part !== '').join(' ');
  return ok({ ref, reading: read.reading, clock, durationNs, remark, absent, gaps, hasWorkload, ...tables });
}

/** comlink lets the other side call, read and set all it can reach: a literal, never the machine. */
const api: {
  [K in keyof TracedApi]: (
    ...args: Parameters<TracedApi[K]>
  ) => Awaited<ReturnType<TracedApi[K]>> | ReturnType<TracedApi[K]>;
} = {
  open,
  describe: () =>
    err({ kind: 'bad-input', where: 'trace', message: 'a recorded kernel has no knobs: ask a simulated machine' }),
  load: () => onMachine((machine) => void machine.restart()),
  advance: (untilNs, _whole, breakpoints = []) =>
    onMachine((machine) => {
      const hit = machine.runUntil(untilNs, breakpoints);
      return hit && ok({ hit });
    }),
  step: (kind) => onMachine((machine) => machine.step(kind)),
  seek: (toNs, eventsDone) => onMachine((machine) => void machine.seek(toNs, eventsDone)),
  // Knobs are the simulated machine's: what was recorded stays as it was, but it is told anew from there on.
  input: ({ atNs }) => onMachine((machine) => void machine.tellAgain(atNs)),
  replaceInputs: (_, fromNs) => onMachine((machine) => void machine.tellAgain(fromNs)),
  look: (look) =>
    onMachine((machine) => {
      machine.look = look;
      return undefined;
    }),
  pageAt: (spot) => onTrace(({ machine }) => ok(machine.pageAt(spot))),
  findEvents: (ask) => {
    const found = onTrace(({ machine }) => ok(machine.findEvents(ask)));
    return found.ok ? transfer(found, columnBuffers(found.value)) : found;
  },
  hash: () =>
    onTrace(({ machine, hash }) =>
      ok(fnv1a64(new TextEncoder().encode(`${hash} ${machine.eventsDone} ${machine.nowNs}`))),
    ),
  workload: async () => {
    if (!playing) return NOTHING_OPEN;
    const { file } = playing;
    const bytes = new Uint8Array(await file.arrayBuffer());
    return contain(() => readWorkload([{ name: file.name, bytes }]));
  },
  biography: (page, untilNs) => onTrace(({ machine }) => biographyOf(machine.index, page, untilNs)),
  stallList: (untilNs) => onTrace(({ machine }) => ok(stallListOf(machine.index, untilNs))),
  ping: holdLifeLock(),
};
expose(api);
