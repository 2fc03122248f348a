import { describeError, ok, type Result, type RunError } from '../abi/errors.ts';
import type { KnobValue, KnobValues } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, RecordingRef, Scenario } from '../abi/scenario.ts';
import { S } from '../abi/units.ts';
import type { AppStore } from './app-store.ts';
import type { Driver } from './driver.ts';
import { type FrameFeed, MACHINES } from './feed.ts';
import { fragmentOf, openFragment, readyLinks, scenarioText } from './permalink.ts';
import type { Place } from './place.ts';
import { selectCanGoOn } from './playback.ts';
import { fetchRecording, isSameRecording, readDropped, readyForFiles, readyRecordings } from './recordings.ts';
import { withKnob } from './run.ts';
import {
  besideTrace,
  openedText,
  type ShippedFile,
  sideForNext,
  swappedSides,
  TraceDesk,
  withoutTrace,
} from './trace-desk.ts';
import type { TracedMachines } from './traced-machines.ts';

/** A trace that comes with the page: what it plays beside, and what to watch. */
interface ShippedTrace extends ShippedFile {
  readonly beside: string;
  readonly kernel: string;
  readonly knobs?: KnobValues;
  readonly watch: string;
}

export interface SessionParts {
  readonly store: AppStore;
  readonly feed: FrameFeed;
  readonly driver: Driver;
  readonly scenes: readonly Scenario[];
  /** Recordings that come with the page, by the name a scenario gives them. */
  readonly shipped: readonly { readonly id: string; readonly files: readonly string[] }[];
  /** Traces of real kernels that are open, and those that come with the page. */
  readonly traces: TracedMachines;
  readonly shippedTraces: readonly ShippedTrace[];
  readonly startPaused: boolean;
}

const START: Place = { atNs: 0 };
const opening = ({ openAtS = 0 }: Scenario): Place => ({ atNs: Math.round(openAtS * S) });
/** The address of the page on recording one's own: it lies over whatever runs. */
const RECORD_PAGE = '#record';
/** The workload that replays a recording; a scene of it that names none plays the first that comes with the page. */
const REPLAYER = 'recorded';

/** Which run is on the screen: opens scenes, links and files, and starts a run again with another kernel, seed or knob. */
export class Session {
  private readonly parts: SessionParts;
  /** A link whose recording is still to be brought. */
  private waiting: { readonly scenario: Scenario; readonly place: Place; readonly for: RecordingRef } | undefined;
  private readonly desk: TraceDesk;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.desk = new TraceDesk(parts.store, parts.traces, parts.shippedTraces);
  }

  /** A fragment, or without one the first scene. */
  async open(fragment: string): Promise<void> {
    const { scenes, store, startPaused } = this.parts;
    const first = scenes[0];
    const isRecordPage = fragment === RECORD_PAGE;
    if (isRecordPage) store.getState().openDefinition('record');
    if (isRecordPage && store.getState().scenario) return;
    if (fragment.length <= 1 || isRecordPage) {
      if (first) await this.start(first, first, opening(first), !startPaused);
      return;
    }
    const opened = await openFragment(fragment, scenes);
    if (!opened.ok) return store.getState().fail(opened.error);
    const { scenario, place, speed, playing, selected, layout, remark } = opened.value;
    store.getState().setSpeed(speed);
    store.getState().selectMachine(selected);
    await this.start(this.sceneOf(scenario), scenario, place, playing && !startPaused);
    const { mode, ...arranged } = layout;
    store.setState(arranged);
    store.getState().setMode(mode);
    if (remark !== undefined) store.getState().say(remark);
  }

  /** Called once something is on the screen: fetches what will be needed later, so that the page works offline. */
  async makeReady(): Promise<void> {
    const files = this.parts.shipped.flatMap((recording) => recording.files);
    await Promise.all([readyLinks(), readyForFiles(), readyRecordings(files)]);
  }

  async openScene(id: string): Promise<void> {
    const scene = this.parts.scenes.find((one) => one.id === id);
    if (scene) await this.start(scene, scene, opening(scene), true);
  }

  /** A trace on that side makes room for the kernel. */
  setKernel(machine: MachineId, kernel: string): Promise<void> {
    return this.again((scenario) => {
      const kernels = { ...scenario.kernels, [machine]: kernel };
      return { ...withoutTrace(scenario, machine, this.sceneOf(scenario)), kernels };
    });
  }

  /** A trace that comes with the page, beside the scene that goes with it. */
  async openShippedTrace(id: string): Promise<void> {
    const { shippedTraces, scenes, store } = this.parts;
    const one = shippedTraces.find((trace) => trace.id === id);
    const scene = scenes.find((each) => each.id === one?.beside) ?? scenes[0];
    const files = await this.desk.fetchShipped(id);
    if (!files.ok) return this.refuse(files.error);
    const opened = await this.desk.read('A', files.value);
    if (!opened.ok) return this.refuse(opened.error);
    if (!scene || !one) return;
    this.parts.traces.take('A', opened.value);
    const kernels = { ...scene.kernels, B: one.kernel };
    // Where that scene is the replayer, what it replays is the trace.
    const accesses = scene.workload === REPLAYER ? { recording: opened.value.info.ref } : {};
    const beside = { ...scene, ...accesses, kernels, knobs: { ...scene.knobs, ...one.knobs } };
    await this.start(scene, besideTrace(beside, 'A', opened.value, one.watch), START, true);
    store.getState().say(openedText(opened.value, 'A'));
  }

  /** Gives up the trace that is being read; what plays is left alone. */
  cancelOpening(): void {
    this.desk.cancel();
  }

  /** What the trace's programs did to files, done again by the simulated machine beside it, or by both in its place. */
  async runWorkload(machine: MachineId, how: 'beside' | 'both'): Promise<void> {
    const { traces, scenes, store } = this.parts;
    const open = traces.of(machine);
    const replay = scenes.find((scene) => scene.workload === REPLAYER);
    const kernels = store.getState().scenario?.kernels;
    if (!open || !replay || !kernels) return;
    const recording = await open.client.workload();
    if (!recording.ok) return this.refuse(recording.error);
    const { ref, durationNs } = open.info;
    const untilS = Math.max(replay.untilS, Math.ceil(durationNs / S));
    const workload = { ...replay, recording: ref, kernels, untilS };
    const scenario = how === 'both' ? workload : besideTrace(workload, machine, open);
    await this.start(replay, scenario, START, true, recording.value);
    const { unknownLines } = recording.value.dropped;
    const accesses = recording.value.task.length;
    store.getState().say(`${accesses} accesses of ${ref.name} are played; ${unknownLines} lines are no access.`);
  }

  /** Whatever plays in A plays in B, and the other way round. */
  async swapSides(): Promise<void> {
    const { scenario, scene, recording } = this.parts.store.getState();
    if (scenario && scene) await this.start(scene, swappedSides(scenario), START, true, recording);
  }

  setSeed(seed: number): Promise<void> {
    return this.again((scenario) => ({ ...scenario, seed }));
  }

  /** A live knob is turned in the running machines; any other is read at boot, so the run starts again with it. */
  async setKnob(path: string, value: KnobValue, machine: MachineId | 'both'): Promise<void> {
    const { store, driver } = this.parts;
    const recorded = recordedNames(store.getState().scenario, machine);
    if (recorded) return store.getState().say(`${recorded}: nothing can be turned in a recorded kernel.`);
    const isLive = store.getState().catalog?.knobs.find((knob) => knob.path === path)?.live ?? false;
    if (isLive) driver.turnKnob(path, value, machine);
    else await this.again((scenario) => withKnob(scenario, machine, path, value));
  }

  /** After a failure: on from the last frame of the run, or from its opening where there is none yet. */
  async goOn(): Promise<void> {
    const { store, driver, startPaused } = this.parts;
    const { scenario, scene, recording } = store.getState();
    if (!scenario || !scene) return this.open('');
    if (selectCanGoOn(store.getState())) return driver.goOn();
    await this.start(scene, scenario, opening(scenario), !startPaused, recording);
  }

  /** Address of this very place; undefined before anything runs. */
  async link(): Promise<string | undefined> {
    const { store, feed, scenes } = this.parts;
    const fragment = await fragmentOf(store.getState(), feed.latest(), scenes);
    return fragment === undefined ? undefined : `${location.href.split('#')[0]}${fragment}`;
  }

  /** The run and the time it stands at, as a scenario file. */
  async file(): Promise<{ readonly name: string; readonly text: string } | undefined> {
    const { store, feed } = this.parts;
    const { scenario } = store.getState();
    return scenario && { name: `${scenario.id}.json`, text: await scenarioText(scenario, feed.latest()?.atNs ?? 0) };
  }

  async openFiles(files: readonly File[]): Promise<void> {
    const { store } = this.parts;
    const { waiting } = this;
    const isForAccesses = waiting !== undefined && waiting.scenario.recording === waiting.for;
    const dropped = await readDropped(files, isForAccesses ? 'recording' : undefined);
    if (!dropped.ok) return this.refuse(dropped.error);
    if (dropped.value.kind === 'trace') return this.openTrace(dropped.value.files);
    if (dropped.value.kind === 'scenario') {
      const { scenario } = dropped.value;
      // A file that was saved in the middle of a run opens there and stands still, as a link does.
      const place = opening(scenario);
      return this.start(this.sceneOf(scenario), scenario, place, place.atNs === 0);
    }
    const { recording, ref } = dropped.value;
    if (waiting) {
      if (!isSameRecording(waiting.for, ref)) return this.sayOther(ref);
      return this.start(this.sceneOf(waiting.scenario), waiting.scenario, waiting.place, false, recording);
    }
    const replay = this.parts.scenes.find((scene) => scene.workload === REPLAYER);
    if (replay) await this.start(replay, { ...replay, recording: ref }, START, true, recording);
    else store.getState().say('Nothing here plays a recording.');
  }

  /** A trace takes side A and the scene that is open goes on in B; the next trace takes B. Or it is the one that a link waits for. */
  private async openTrace(files: readonly File[]): Promise<void> {
    const { store, scenes } = this.parts;
    const { waiting } = this;
    const machine = waiting ? sideOf(waiting.scenario, waiting.for) : sideForNext(store.getState().scenario);
    const opened = await this.desk.read(machine, files);
    if (!opened.ok) return this.refuse(opened.error);
    const { info, client } = opened.value;
    if (waiting && !isSameRecording(waiting.for, info.ref)) {
      client.close();
      return this.sayOther(info.ref);
    }
    this.parts.traces.take(machine, opened.value);
    if (waiting) return this.start(this.sceneOf(waiting.scenario), waiting.scenario, waiting.place, false);
    const { recording, scenario = scenes[0] } = store.getState();
    if (!scenario) return;
    await this.start(this.sceneOf(scenario), besideTrace(scenario, machine, opened.value), START, true, recording);
    store.getState().say(openedText(opened.value, machine));
  }

  private sayOther({ name, bytes }: RecordingRef): void {
    this.parts.store.getState().say(`That is ${name} (${bytes} bytes), not the recording of the link.`);
  }

  private async again(change: (scenario: Scenario) => Scenario): Promise<void> {
    const { scenario, scene, playback, recording } = this.parts.store.getState();
    if (!scenario || !scene) return;
    const playing = playback.at === 'playing';
    // Knobs turned while running belong to the run that is left.
    const next = { ...change(scenario), inputs: scene.inputs };
    await this.start(scene, next, next.traces ? START : opening(scene), playing, recording);
  }

  private async start(
    scene: Scenario,
    scenario: Scenario,
    place: Place,
    playing: boolean,
    given?: Recording,
  ): Promise<void> {
    const { store, driver } = this.parts;
    const brought = await this.desk.bring(scenario);
    if (!brought.ok) return this.refuse(brought.error);
    if ('wanted' in brought.value) return this.want(scenario, place, brought.value.wanted);
    const recording = given ? ok(given) : await this.recordingFor(scenario);
    if (recording === 'wanted') return this.want(scenario, place, scenario.recording);
    if (!recording.ok) return this.refuse(recording.error);
    this.waiting = undefined;
    store.getState().forgetForks();
    store.getState().setTraced(brought.value.traced);
    // Times and pages of another run mean nothing in this one.
    if (scenario.id !== store.getState().scenario?.id) {
      store.setState({ zoom: undefined, markers: {}, pinned: undefined });
    }
    store.getState().setRun(scene, scenario, recording.value);
    driver.load(scenario, place, playing, recording.value);
  }

  private want(scenario: Scenario, place: Place, wanted: RecordingRef | undefined): void {
    if (wanted) this.waiting = { scenario, place, for: wanted };
    this.parts.store.getState().want(wanted);
  }

  private async recordingFor({ workload, recording }: Scenario): Promise<Result<Recording | undefined> | 'wanted'> {
    if (workload !== REPLAYER) return ok(undefined);
    const { shipped, shippedTraces, traces } = this.parts;
    const accesses = recording && traces.workload(recording);
    if (accesses) return accesses;
    const traced = shippedTraces.find(({ id }) => id === recording?.name);
    if (traced) return fetchRecording(traced.id, [traced.file]);
    const one = recording ? shipped.find(({ id }) => id === recording.name) : shipped[0];
    return one ? fetchRecording(one.id, one.files) : 'wanted';
  }

  /** A file that is refused leaves the run alone, unless there is none yet. */
  private refuse(error: RunError): void {
    const { store } = this.parts;
    if (store.getState().scenario === undefined) store.getState().fail(error);
    else store.getState().say(describeError(error));
  }

  /** What "reset" goes back to: the built-in scene of that name, or the scenario as it came. */
  private sceneOf(scenario: Scenario): Scenario {
    return this.parts.scenes.find((scene) => scene.id === scenario.id) ?? { ...scenario, inputs: [] };
  }
}

const sideOf = ({ traces }: Scenario, { hash }: RecordingRef): MachineId => (traces?.B?.hash === hash ? 'B' : 'A');

/** The traces that `machine` is, where all that it names is recorded; otherwise empty. */
function recordedNames(scenario: Scenario | undefined, machine: MachineId | 'both'): string {
  const named = machine === 'both' ? MACHINES : [machine];
  const names = named.map((id) => scenario?.traces?.[id]?.name);
  return names.includes(undefined) ? '' : names.join(' and ');
}
