import type { Result } from '../abi/errors.ts';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';
import type { Twin } from './feed.ts';
import { type LinkedLayout, layoutFromWords, layoutToWords } from './link-layout.ts';
import { FASTEST } from './pace.ts';
import type { Place } from './place.ts';

/** What a link opens. */
export interface Opened {
  readonly scenario: Scenario;
  readonly place: Place;
  readonly speed: number;
  readonly playing: boolean;
  readonly selected: 'A' | 'B';
  readonly layout: LinkedLayout;
  /** What whoever opens it should know, in one sentence. */
  readonly remark?: string;
}

/** Mail programs and forums cut or break what is longer: then the run travels as a file. */
export const LINK_MAX_CHARS = 8000;

/** Loaded when first needed: the schemas and the compression are no part of the first view. */
const formats = () => import('../formats/link.ts');

/** JSON has no infinity: "as fast as it can" travels as 0, which no speed is. */
const speedOut = (speed: number): number => (Number.isFinite(speed) ? speed : 0);
const speedIn = (speed: number): number => (speed > 0 ? speed : FASTEST);

/** A scenario file that opens at `atNs`. */
export async function scenarioText(scenario: Scenario, atNs: Ns): Promise<string> {
  const { encodeScenario } = await import('../formats/scenario.ts');
  const { openAtS: _, ...start } = scenario;
  return encodeScenario(atNs > 0 ? { ...start, openAtS: atNs / 1e9 } : start);
}

/** Fetches what links need before anyone asks for one: later the network may be gone. */
export const readyLinks = async (): Promise<void> => void (await formats());

/** The fragment that brings back scene, kernels, seed, inputs, place and speed. Undefined before anything runs. */
export async function fragmentOf(
  state: AppState,
  twin: Twin | undefined,
  scenes: readonly Scenario[],
): Promise<string | undefined> {
  const { scenario, speed, machine } = state;
  if (!scenario || !twin) return undefined;
  const { encodeLink } = await formats();
  const placeOf = (id: 'A' | 'B') => ({ atNs: twin.atNs, eventsDone: twin[id].eventsDone });
  return encodeLink(
    {
      model: MODEL_VERSION,
      scenario,
      place: { A: placeOf('A'), B: placeOf('B') },
      speed: speedOut(speed),
      playing: false,
      selected: machine,
      layout: layoutToWords(state),
    },
    scenes,
  );
}

export async function openFragment(fragment: string, scenes: readonly Scenario[]): Promise<Result<Opened>> {
  const { decodeLink } = await formats();
  const link = decodeLink(fragment, scenes);
  if (!link.ok) return link;
  const { model, scenario, place, speed, playing, selected } = link.value;
  // Both machines stand at one time; only how far each is within that instant differs.
  const atNs = Math.max(place.A.atNs, place.B.atNs);
  const opened = { scenario, speed: speedIn(speed), playing, selected, layout: layoutFromWords(link.value.layout) };
  if (model !== MODEL_VERSION) {
    // Events are counted differently under other rules: the place is told by its time alone.
    const remark = `This link was made with the rules of model ${model}. They are those of model ${MODEL_VERSION} now: what you see may differ.`;
    return { ok: true, value: { ...opened, place: { atNs }, remark } };
  }
  const eventsDone = { A: place.A.eventsDone, B: place.B.eventsDone };
  return { ok: true, value: { ...opened, place: { atNs, eventsDone } } };
}
