import { err, ok, type Result, type RunError } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, RecordingRef } from '../abi/scenario.ts';
import type { TracedApi, TracedInfo } from '../abi/traced.ts';
import { isSameRecording } from './replaying.ts';
import type { Machine } from './round.ts';

/** What the store needs of a machine that is a trace; the client of its worker is one. */
export interface TracedMachine extends Machine, Pick<TracedApi, 'open' | 'workload' | 'biography' | 'stallList'> {}
export type StartTraced = (machine: MachineId, onLost: (error: RunError) => void) => TracedMachine;

/** A trace that has been read: its thread, and the files to read it from again if that thread ends. */
export interface OpenTrace {
  readonly client: TracedMachine;
  readonly files: readonly File[];
  readonly info: TracedInfo;
}

const CANCELLED = err({ kind: 'bad-input', where: 'trace', message: 'reading it was cancelled' });

/** The traces that are open, by the side they play on. Reading one leaves alone what plays. */
export class TracedMachines {
  private readonly load: () => Promise<StartTraced>;
  private readonly open: { [machine in MachineId]?: OpenTrace } = {};
  private readonly ended = new WeakSet<TracedMachine>();
  private readonly onLost: { [machine in MachineId]?: (error: RunError) => void } = {};

  /** `load`: what starts a thread is fetched when there is a trace. */
  constructor(load: () => Promise<StartTraced>) {
    this.load = load;
  }

  /** Reads files as one trace in a thread of its own; it plays once a scenario names it and take() is called. */
  async read(
    machine: MachineId,
    files: readonly File[],
    report: (done: number) => void,
    signal: AbortSignal,
  ): Promise<Result<OpenTrace>> {
    const start = await this.load();
    if (signal.aborted) return CANCELLED;
    const client = start(machine, (error) => this.onLost[machine]?.(error));
    const giveUp = () => client.close();
    signal.addEventListener('abort', giveUp, { once: true });
    const info = await client.open(files, report);
    signal.removeEventListener('abort', giveUp);
    if (signal.aborted) return CANCELLED;
    if (info.ok) return ok({ client, files, info: info.value });
    client.close();
    return info;
  }

  /** From now on this one is what `machine` plays, if its scenario says so. The one before it is left to whoever plays it. */
  take(machine: MachineId, trace: OpenTrace): void {
    this.open[machine] = trace;
  }

  /** Ends a trace's thread; it is read again when it is to play again. */
  end(client: TracedMachine): void {
    this.ended.add(client);
    client.close();
  }

  of(machine: MachineId): OpenTrace | undefined {
    return this.open[machine];
  }

  /** An open trace of that name and content, on whichever side. */
  find(ref: RecordingRef): OpenTrace | undefined {
    return [this.open.A, this.open.B].find((one) => one && isSameRecording(one.info.ref, ref));
  }

  /** The accesses of a trace that is open; undefined: none of that content is. */
  workload(ref: RecordingRef): Promise<Result<Recording>> | undefined {
    const open = this.find(ref);
    return open && !this.ended.has(open.client) ? open.client.workload() : undefined;
  }

  /** The machine that plays a trace; where its thread has ended the files are read again. */
  async machineFor(
    machine: MachineId,
    ref: RecordingRef,
    onLost: (error: RunError) => void,
  ): Promise<Result<TracedMachine>> {
    this.onLost[machine] = onLost;
    const open = this.open[machine];
    if (!open || !isSameRecording(open.info.ref, ref)) {
      return err({ kind: 'bad-input', where: ref.name, message: 'this trace is not open' });
    }
    if (!this.ended.has(open.client)) return ok(open.client);
    const again = await this.read(machine, open.files, () => undefined, new AbortController().signal);
    if (!again.ok) return again;
    this.open[machine] = again.value;
    return ok(again.value.client);
  }
}
