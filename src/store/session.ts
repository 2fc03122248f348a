import { describeError, ok, type Result, type RunError } from '../abi/errors.ts';
import type { KnobValue } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, RecordingRef, Scenario } from '../abi/scenario.ts';
import type { AppStore } from './app-store.ts';
import type { Arrivals, Brought, ShippedTrace, Waiting } from './arrivals.ts';
import type { Driver } from './driver.ts';
import { type FrameFeed, MACHINES } from './feed.ts';
import { fragmentOf, openFragment, readyLinks, scenarioText } from './permalink.ts';
import { openingOf, type Place } from './place.ts';
import { selectCanGoOn } from './playback.ts';
import { REPLAYER } from './replaying.ts';
import { withKnob } from './run.ts';
import type { TracedMachines } from './traced-machines.ts';

export interface SessionParts {
  readonly store: AppStore;
  readonly feed: FrameFeed;
  readonly driver: Driver;
  readonly scenes: readonly Scenario[];
  /** Recordings that come with the page, by the name a scenario gives them. */
  readonly shipped: readonly { readonly id: string; readonly files: readonly string[] }[];
  /** Traces of real kernels that are open, and those that come with the page. */
  readonly traces: TracedMachines;
  readonly shippedTraces: () => Promise<readonly ShippedTrace[]>;
  readonly startPaused: boolean;
}

const START: Place = { atNs: 0 };
/** The address of the page on recording one's own: it lies over whatever runs. */
const RECORD_PAGE = '#record';
const SIMULATED: Result<Brought> = ok({ traced: {}, recording: undefined });

/** Which run is on the screen: opens scenes, links and files, and starts a run again with another kernel, seed or knob. */
export class Session {
  private readonly parts: SessionParts;
  /** A link whose recording is still to be brought. */
  private waiting: Waiting | undefined;
  private arrivals: Promise<Arrivals> | undefined;

  constructor(parts: SessionParts) {
    this.parts = parts;
  }

  /** A fragment, or without one the first scene. */
  async open(fragment: string): Promise<void> {
    const { scenes, store, startPaused } = this.parts;
    const first = scenes[0];
    const isRecordPage = fragment === RECORD_PAGE;
    if (isRecordPage) store.getState().openDefinition('record');
    if (isRecordPage && store.getState().scenario) return;
    if (fragment.length <= 1 || isRecordPage) {
      if (first) await this.start(first, first, openingOf(first), !startPaused);
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
    const arrivals = await this.arriving();
    await Promise.all([readyLinks(), arrivals.makeReady()]);
  }

  async openScene(id: string): Promise<void> {
    const scene = this.parts.scenes.find((one) => one.id === id);
    if (scene) await this.start(scene, scene, openingOf(scene), !this.parts.startPaused);
  }

  /** A trace on that side makes room for the kernel. */
  async setKernel(machine: MachineId, kernel: string): Promise<void> {
    const { scenario } = this.parts.store.getState();
    const traceless = scenario?.traces && (await import('./trace-desk.ts')).withoutTrace;
    await this.again((before) => {
      const next = traceless ? traceless(before, machine, this.sceneOf(before)) : before;
      return { ...next, kernels: { ...before.kernels, [machine]: kernel } };
    });
  }

  async openShippedTrace(id: string): Promise<void> {
    await (await this.arriving()).openShippedTrace(id);
  }

  async openFiles(files: readonly File[]): Promise<void> {
    await (await this.arriving()).openFiles(files);
  }

  async runWorkload(machine: MachineId, how: 'beside' | 'both'): Promise<void> {
    await (await this.arriving()).runWorkload(machine, how);
  }

  async swapSides(): Promise<void> {
    await (await this.arriving()).swapSides();
  }

  /** Gives up the trace that is being read; what plays is left alone. */
  async cancelOpening(): Promise<void> {
    (await this.arriving()).cancelOpening();
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
    await this.start(scene, scenario, openingOf(scenario), !startPaused, recording);
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

  private async again(change: (scenario: Scenario) => Scenario): Promise<void> {
    const { scenario, scene, playback, recording } = this.parts.store.getState();
    if (!scenario || !scene) return;
    const playing = playback.at === 'playing';
    // Knobs turned while running belong to the run that is left.
    const next = { ...change(scenario), inputs: scene.inputs };
    await this.start(scene, next, next.traces ? START : openingOf(scene), playing, recording);
  }

  private async start(
    scene: Scenario,
    scenario: Scenario,
    place: Place,
    playing: boolean,
    given?: Recording,
  ): Promise<void> {
    const { store, driver } = this.parts;
    const isSimulated = scenario.traces === undefined && scenario.workload !== REPLAYER;
    const brought = isSimulated ? SIMULATED : await (await this.arriving()).bring(scenario, given);
    if (!brought.ok) return this.refuse(brought.error);
    if ('wanted' in brought.value) return this.want(scenario, place, brought.value.wanted);
    const { traced, recording } = brought.value;
    this.waiting = undefined;
    store.getState().forgetForks();
    store.getState().setTraced(traced);
    // Times and pages of another run mean nothing in this one.
    if (scenario.id !== store.getState().scenario?.id) {
      store.setState({ zoom: undefined, markers: {}, pinned: undefined });
    }
    store.getState().setRun(scene, scenario, recording);
    driver.load(scenario, place, playing, recording);
  }

  private want(scenario: Scenario, place: Place, wanted: RecordingRef): void {
    this.waiting = { scenario, place, for: wanted };
    this.parts.store.getState().want(wanted);
  }

  /** Loaded when first needed: the first scene is simulated. */
  private arriving(): Promise<Arrivals> {
    this.arrivals ??= Promise.all([import('./arrivals.ts'), this.parts.shippedTraces()]).then(
      ([{ Arrivals }, shippedTraces]) =>
        new Arrivals(
          {
            parts: this.parts,
            waiting: () => this.waiting,
            start: this.start.bind(this),
            refuse: this.refuse.bind(this),
            sceneOf: this.sceneOf.bind(this),
          },
          shippedTraces,
        ),
    );
    return this.arrivals;
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

/** The traces that `machine` is, where all that it names is recorded; otherwise empty. */
function recordedNames(scenario: Scenario | undefined, machine: MachineId | 'both'): string {
  const named = machine === 'both' ? MACHINES : [machine];
  const names = named.map((id) => scenario?.traces?.[id]?.name);
  return names.includes(undefined) ? '' : names.join(' and ');
}
