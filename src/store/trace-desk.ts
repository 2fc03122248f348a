import { err, ok, type Result } from '../abi/errors.ts';
import type { MachineId, RecordingRef, Scenario } from '../abi/scenario.ts';
import { S } from '../abi/units.ts';
import type { AppStore } from './app-store.ts';
import { MACHINES } from './feed.ts';
import { fetchFile } from './recordings.ts';
import { isSameRecording } from './replaying.ts';
import type { TracedSlice } from './traced.ts';
import type { OpenTrace, TracedMachines } from './traced-machines.ts';

/** A trace that comes with the page; `file` is an address below it. */
export interface ShippedFile {
  readonly id: string;
  readonly file: string;
}

/** What of the traces a scenario names is there, or the one whose file has to be given first. */
export type Brought = { readonly traced: TracedSlice['traced'] } | { readonly wanted: RecordingRef };

/** Brings traces of real kernels: reads files, with progress and a way to give it up, and fetches those that come with the page. */
export class TraceDesk {
  private readonly store: AppStore;
  private readonly traces: TracedMachines;
  private readonly shipped: readonly ShippedFile[];
  private reading: AbortController | undefined;

  constructor(store: AppStore, traces: TracedMachines, shipped: readonly ShippedFile[]) {
    this.store = store;
    this.traces = traces;
    this.shipped = shipped;
  }

  /** One at a time: a new one gives up the one before. What plays goes on meanwhile. */
  async read(machine: MachineId, files: readonly File[]): Promise<Result<OpenTrace>> {
    this.cancel();
    const reading = new AbortController();
    this.reading = reading;
    const { setOpening } = this.store.getState();
    // What takes the time is the trace: texts beside it are small.
    const name = files.toSorted((a, b) => b.size - a.size)[0]?.name ?? 'trace';
    setOpening({ name, done: 0 });
    const report = (done: number) => {
      // The last word on how far may come after the trace itself.
      if (this.reading === reading && !reading.signal.aborted) setOpening({ name, done });
    };
    const read = await this.traces.read(machine, files, report, reading.signal);
    if (this.reading === reading) {
      this.reading = undefined;
      setOpening(undefined);
    }
    return read;
  }

  cancel(): void {
    this.reading?.abort();
  }

  async fetchShipped(id: string): Promise<Result<readonly File[]>> {
    const one = this.shipped.find((trace) => trace.id === id);
    if (!one) return err({ kind: 'unknown', what: 'trace', name: id, allowed: this.shipped.map((trace) => trace.id) });
    try {
      const { name, bytes } = await fetchFile(one.file);
      return ok([new File([bytes as Uint8Array<ArrayBuffer>], name)]);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      return err({ kind: 'bad-input', where: `trace ${id}`, message });
    }
  }

  /** Sees to it that every trace a scenario names is open on its side. */
  async bring({ traces }: Scenario): Promise<Result<Brought>> {
    const traced: { [machine in MachineId]?: OpenTrace['info'] } = {};
    // Before one of them takes the other's place: they may change sides.
    const here = MACHINES.map((machine) => traces?.[machine] && this.traces.find(traces[machine]));
    for (const [at, machine] of MACHINES.entries()) {
      const ref = traces?.[machine];
      if (!ref) continue;
      const open = await this.openOn(machine, ref, here[at]);
      if (open === undefined) return ok({ wanted: ref });
      if (!open.ok) return open;
      traced[machine] = open.value.info;
    }
    return ok({ traced });
  }

  /** `elsewhere`: the same trace is open, on whichever side. Undefined: nobody has given it. */
  private async openOn(
    machine: MachineId,
    ref: RecordingRef,
    elsewhere: OpenTrace | undefined,
  ): Promise<Result<OpenTrace> | undefined> {
    const here = this.traces.of(machine);
    if (here && isSameRecording(here.info.ref, ref)) return ok(here);
    const files = elsewhere ? ok(elsewhere.files) : await this.shippedFilesOf(ref);
    if (files === undefined || !files.ok) return files;
    const read = await this.read(machine, files.value);
    if (!read.ok) return read;
    if (!isSameRecording(read.value.info.ref, ref)) {
      read.value.client.close();
      return undefined;
    }
    this.traces.take(machine, read.value);
    return read;
  }

  private async shippedFilesOf({ name }: RecordingRef): Promise<Result<readonly File[]> | undefined> {
    return this.shipped.some(({ id }) => id === name) ? this.fetchShipped(name) : undefined;
  }
}

/** A trace on one side, and on the other what was there before: for as long as the trace is. */
export function besideTrace(scene: Scenario, machine: MachineId, { info }: OpenTrace, watch?: string): Scenario {
  const { openAtS: _, ...rest } = scene;
  const { name } = info.ref;
  const traces = { ...scene.traces, [machine]: info.ref };
  const other = scene.traces?.[otherSide(machine)];
  const lastsS = Math.max(0.1, Math.ceil((info.durationNs / S) * 10) / 10);
  return {
    ...rest,
    title: other ? `${other.name} beside ${name}` : `${name} beside ${scene.title}`,
    watch: watch ?? (other ? `${other.name} and ${name} are what real kernels did.` : besideWords(name, scene.title)),
    note: '',
    inputs: [],
    untilS: other ? Math.max(scene.untilS, lastsS) : lastsS,
    traces,
  };
}

/** The same run without the trace on one side: a simulated kernel takes its place. After the last trace it is the scene's again. */
export function withoutTrace(scenario: Scenario, machine: MachineId, scene: Scenario): Scenario {
  const { traces = {}, ...rest } = scenario;
  const other = otherSide(machine);
  const left = traces[other];
  if (!traces[machine]) return scenario;
  const { title, watch, note, untilS, openAtS } = scene;
  const opens = openAtS === undefined ? {} : { openAtS };
  if (!left) return { ...rest, title, watch, note, untilS, ...opens };
  const words = { title: `${left.name} beside ${title}`, watch: besideWords(left.name, title) };
  return { ...rest, ...words, traces: { [other]: left } };
}

/** A for B and B for A, from the start. */
export function swappedSides({ kernels, knobsOf, traces = {}, ...rest }: Scenario): Scenario {
  const { A, B } = traces;
  return {
    ...rest,
    kernels: { A: kernels.B, B: kernels.A },
    knobsOf: { A: knobsOf.B, B: knobsOf.A },
    inputs: [],
    traces: { ...(B && { A: B }), ...(A && { B: A }) },
  };
}

const besideWords = (trace: string, scene: string): string =>
  `${trace} is what a real kernel did; beside it a simulated one runs the scene “${scene}”.`;

const otherSide = (machine: MachineId): MachineId => (machine === 'A' ? 'B' : 'A');

/** Which side the next trace takes: A, or beside a trace in A the other. */
export const sideForNext = (scenario: Scenario | undefined): MachineId => (scenario?.traces?.A ? 'B' : 'A');

/** What is to be said once a trace plays. */
export function openedText({ info }: OpenTrace, machine: MachineId): string {
  return [`${machine} plays ${info.ref.name}, a recorded kernel.`, info.remark].filter((part) => part !== '').join(' ');
}
