import { ok, type Result, type RunError } from '../abi/errors.ts';
import type { KnobValues } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, RecordingRef, Scenario } from '../abi/scenario.ts';
import { S } from '../abi/units.ts';
import { openingOf, type Place } from './place.ts';
import { fetchRecording, readDropped, readyForFiles, readyRecordings } from './recordings.ts';
import { isSameRecording, REPLAYER, replayOf } from './replaying.ts';
import type { SessionParts } from './session.ts';
import { besideTrace, openedText, type ShippedFile, sideForNext, swappedSides, TraceDesk } from './trace-desk.ts';
import type { TracedSlice } from './traced.ts';

/** A trace that comes with the page: what it plays beside, and what to watch. */
export interface ShippedTrace extends ShippedFile {
  readonly beside: string;
  readonly kernel: string;
  readonly knobs?: KnobValues;
  readonly watch: string;
}

/** A link whose recording or trace is still to be brought. */
export interface Waiting {
  readonly scenario: Scenario;
  readonly place: Place;
  readonly for: RecordingRef;
}

/** What of the session the things that arrive need. */
export interface Host {
  readonly parts: SessionParts;
  readonly waiting: () => Waiting | undefined;
  readonly start: (
    scene: Scenario,
    scenario: Scenario,
    place: Place,
    playing: boolean,
    recording?: Recording,
  ) => Promise<void>;
  readonly refuse: (error: RunError) => void;
  readonly sceneOf: (scenario: Scenario) => Scenario;
}

/** What a scenario plays besides the simulator, or the first of it whose file has to be given. */
export type Brought =
  | { readonly traced: TracedSlice['traced']; readonly recording: Recording | undefined }
  | { readonly wanted: RecordingRef };

const START: Place = { atNs: 0 };

/** What is not simulated: recordings and traces, from files, from links and from those that come with the page. */
export class Arrivals {
  private readonly host: Host;
  private readonly shippedTraces: readonly ShippedTrace[];
  private readonly desk: TraceDesk;

  constructor(host: Host, shippedTraces: readonly ShippedTrace[]) {
    this.host = host;
    this.shippedTraces = shippedTraces;
    this.desk = new TraceDesk(host.parts.store, host.parts.traces, shippedTraces);
  }

  /** Fetches what files will need, before there is one. */
  async makeReady(): Promise<void> {
    const files = this.host.parts.shipped.flatMap((recording) => recording.files);
    await Promise.all([readyForFiles(), readyRecordings(files)]);
  }

  cancelOpening(): void {
    this.desk.cancel();
  }

  /** Sees to it that all that a scenario plays is here; `given`: its recording is. */
  async bring(scenario: Scenario, given: Recording | undefined): Promise<Result<Brought>> {
    const brought = await this.desk.bring(scenario);
    if (!brought.ok) return brought;
    if ('wanted' in brought.value) return ok({ wanted: brought.value.wanted });
    const { traced } = brought.value;
    const recording = given ? ok(given) : await this.recordingFor(scenario);
    if (recording) return recording.ok ? ok({ traced, recording: recording.value }) : recording;
    return ok(scenario.recording ? { wanted: scenario.recording } : { traced, recording });
  }

  /** A trace that comes with the page, beside the scene that goes with it. */
  async openShippedTrace(id: string): Promise<void> {
    const { scenes, store, traces } = this.host.parts;
    const one = this.shippedTraces.find((trace) => trace.id === id);
    const scene = scenes.find((each) => each.id === one?.beside) ?? scenes[0];
    const files = await this.desk.fetchShipped(id);
    if (!files.ok) return this.host.refuse(files.error);
    const opened = await this.desk.read('A', files.value);
    if (!opened.ok) return this.host.refuse(opened.error);
    if (!scene || !one) return;
    traces.take('A', opened.value);
    const kernels = { ...scene.kernels, B: one.kernel };
    // Where that scene is the replayer, what it replays is the trace.
    const accesses = scene.workload === REPLAYER ? { recording: opened.value.info.ref } : {};
    const beside = { ...scene, ...accesses, kernels, knobs: { ...scene.knobs, ...one.knobs } };
    await this.host.start(
      scene,
      besideTrace(beside, 'A', opened.value, one.watch),
      START,
      !this.host.parts.startPaused,
    );
    store.getState().say(openedText(opened.value, 'A'));
  }

  /** What the trace's programs did to files, done again by the simulated machine beside it, or by both in its place. */
  async runWorkload(machine: MachineId, how: 'beside' | 'both'): Promise<void> {
    const { traces, scenes, store } = this.host.parts;
    const open = traces.of(machine);
    const replay = scenes.find((scene) => scene.workload === REPLAYER);
    const kernels = store.getState().scenario?.kernels;
    if (!open || !replay || !kernels) return;
    const recording = await open.client.workload();
    if (!recording.ok) return this.host.refuse(recording.error);
    const { ref, durationNs } = open.info;
    const untilS = Math.max(replay.untilS, Math.ceil(durationNs / S));
    const workload = { ...replayOf(replay, ref), kernels, untilS };
    const scenario = how === 'both' ? workload : besideTrace(workload, machine, open);
    await this.host.start(replay, scenario, START, !this.host.parts.startPaused, recording.value);
    const { unknownLines } = recording.value.dropped;
    const accesses = recording.value.task.length;
    store.getState().say(`${accesses} accesses of ${ref.name} are played; ${unknownLines} lines are no access.`);
  }

  /** Whatever plays in A plays in B, and the other way round. */
  async swapSides(): Promise<void> {
    const { scenario, scene, recording } = this.host.parts.store.getState();
    if (scenario && scene)
      await this.host.start(scene, swappedSides(scenario), START, !this.host.parts.startPaused, recording);
  }

  async openFiles(files: readonly File[]): Promise<void> {
    const { store } = this.host.parts;
    const waiting = this.host.waiting();
    const isForAccesses = waiting !== undefined && waiting.scenario.recording === waiting.for;
    const dropped = await readDropped(files, isForAccesses ? 'recording' : undefined);
    if (!dropped.ok) return this.host.refuse(dropped.error);
    if (dropped.value.kind === 'trace') return this.openTrace(dropped.value.files);
    if (dropped.value.kind === 'scenario') {
      const { scenario } = dropped.value;
      // A file that was saved in the middle of a run opens there and stands still, as a link does.
      const place = openingOf(scenario);
      return this.host.start(this.host.sceneOf(scenario), scenario, place, place.atNs === 0);
    }
    const { recording, ref } = dropped.value;
    if (waiting) {
      if (!isSameRecording(waiting.for, ref)) return this.sayOther(ref);
      return this.host.start(this.host.sceneOf(waiting.scenario), waiting.scenario, waiting.place, false, recording);
    }
    const replay = this.host.parts.scenes.find((scene) => scene.workload === REPLAYER);
    if (replay) await this.host.start(replay, replayOf(replay, ref), START, !this.host.parts.startPaused, recording);
    else store.getState().say('Nothing here plays a recording.');
  }

  /** A trace takes side A and the scene that is open goes on in B; the next trace takes B. Or it is the one that a link waits for. */
  private async openTrace(files: readonly File[]): Promise<void> {
    const { store, scenes } = this.host.parts;
    const waiting = this.host.waiting();
    const machine = waiting ? sideOf(waiting.scenario, waiting.for) : sideForNext(store.getState().scenario);
    const opened = await this.desk.read(machine, files);
    if (!opened.ok) return this.host.refuse(opened.error);
    const { info, client } = opened.value;
    if (waiting && !isSameRecording(waiting.for, info.ref)) {
      client.close();
      return this.sayOther(info.ref);
    }
    this.host.parts.traces.take(machine, opened.value);
    if (waiting) return this.host.start(this.host.sceneOf(waiting.scenario), waiting.scenario, waiting.place, false);
    const { recording, scenario = scenes[0] } = store.getState();
    if (!scenario) return;
    await this.host.start(
      this.host.sceneOf(scenario),
      besideTrace(scenario, machine, opened.value),
      START,
      !this.host.parts.startPaused,
      recording,
    );
    store.getState().say(openedText(opened.value, machine));
  }

  private sayOther({ name, bytes }: RecordingRef): void {
    this.host.parts.store.getState().say(`That is ${name} (${bytes} bytes), not the recording of the link.`);
  }

  /** Undefined: its file has to be given. */
  private async recordingFor({ workload, recording }: Scenario): Promise<Result<Recording | undefined> | undefined> {
    if (workload !== REPLAYER) return ok(undefined);
    const { shipped, traces } = this.host.parts;
    const accesses = recording && traces.workload(recording);
    if (accesses) return accesses;
    const traced = this.shippedTraces.find(({ id }) => id === recording?.name);
    if (traced) return fetchRecording(traced.id, [traced.file]);
    const one = recording ? shipped.find(({ id }) => id === recording.name) : shipped[0];
    return one ? fetchRecording(one.id, one.files) : undefined;
  }
}

const sideOf = ({ traces }: Scenario, { hash }: RecordingRef): MachineId => (traces?.B?.hash === hash ? 'B' : 'A');
