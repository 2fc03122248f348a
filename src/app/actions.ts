import type { Ns } from '../abi/units.ts';
import type { Way } from '../store/fork.ts';
import { landmarks, snapped } from '../store/landmarks.ts';
import { positionOf, speedAt } from '../store/pace.ts';
import { LINK_MAX_CHARS } from '../store/permalink.ts';
import { selectIsPlaying } from '../store/playback.ts';
import type { Marker } from '../store/scrub.ts';
import type { Session } from '../store/session.ts';
import type { Parts } from '../views/shared/app-context.ts';
import { group, seconds, speedText } from '../views/shared/format.ts';

/** What buttons and keys do alike. */
export function togglePlay({ store, driver }: Parts): void {
  if (selectIsPlaying(store.getState())) driver.pause();
  else driver.play();
}

export function jumpBy({ driver, feed }: Parts, byNs: Ns): void {
  driver.seek({ atNs: Math.max(0, (feed.latest()?.atNs ?? 0) + byNs) });
}

export const toLive = ({ driver, history }: Parts): void => driver.seek({ atNs: history.furthestNs });

/** Undoes the latest turned knob, or turns it again. */
export function switchBranch({ driver, store }: Parts, way: Way): void {
  if (store.getState()[way].length === 0) return;
  driver.switchBranch(way);
  store.getState().say(way === 'undo' ? 'The knob is back, and what came after.' : 'The knob is turned again.');
}

/** Back to the whole run; or to the part between the markers; or to the part that the next drag selects. */
export function toggleZoom({ store }: Parts): void {
  const { zoom, markers, brushing, setZoom, setBrushing, say } = store.getState();
  const { a, b } = markers;
  if (zoom) setZoom(undefined);
  else if (a !== undefined && b !== undefined && a !== b) {
    setZoom({ fromNs: Math.min(a, b), toNs: Math.max(a, b) });
  } else {
    setBrushing(!brushing);
    if (!brushing) say('Drag over the part of the run to zoom to.');
  }
}

/** Ends a zoom, or a selection that was begun. */
export function wholeRun({ store }: Parts): void {
  const { zoom, brushing, setZoom } = store.getState();
  if (zoom || brushing) setZoom(undefined);
}

/** How near a landmark pulls a marker to itself: a share of what is shown. */
const SNAP_SHARE = 1 / 150;

/** Sets a marker at the moment on screen, or at the knob, stall or end just beside it. */
export function mark({ store, feed, history }: Parts, marker: Marker): void {
  const { scenario, zoom, setMarker, say } = store.getState();
  const atNs = feed.latest()?.atNs;
  if (!scenario || atNs === undefined) return;
  const spanNs = zoom ? zoom.toNs - zoom.fromNs : scenario.untilS * 1e9;
  const markedNs = snapped(atNs, landmarks(history, scenario.inputs), spanNs * SNAP_SHARE);
  setMarker(marker, markedNs);
  say(`Marker ${marker} at ${seconds(markedNs)} s.`);
}

const SPEED_STEP = 6;
export function faster({ store }: Parts, direction: 1 | -1): void {
  const speed = speedAt(Math.max(0, positionOf(store.getState().speed) + direction * SPEED_STEP));
  store.getState().setSpeed(speed);
  store.getState().say(`Speed ${speedText(speed)}`);
}

export function swap({ store }: Parts): void {
  store.getState().selectMachine(store.getState().machine === 'A' ? 'B' : 'A');
}

export function toggleTheme({ store }: Parts): void {
  store.getState().setTheme(store.getState().theme === 'dark' ? 'light' : 'dark');
}

export function togglePresenter({ store }: Parts): void {
  store.getState().setMode(store.getState().mode === 'presenter' ? 'desk' : 'presenter');
}

/** A presenter's clicker. Forward goes on, or stops here; back stops a second earlier. */
export function click(parts: Parts, direction: 1 | -1): void {
  if (direction === 1) togglePlay(parts);
  else {
    parts.driver.pause();
    jumpBy(parts, -1e9);
  }
}

export async function copyLink({ store }: Parts, session: Session): Promise<void> {
  const link = await session.link();
  if (!link) return;
  if (link.length > LINK_MAX_CHARS) {
    const size = group(link.length);
    store.getState().say(`The link would have ${size} characters: this run is better saved as a file.`, 'save');
    return;
  }
  history.replaceState(null, '', link);
  try {
    await navigator.clipboard.writeText(link);
    store.getState().say('Link copied: it opens this very place.');
  } catch {
    // Without leave to write the clipboard the address bar has it.
    store.getState().say('The address bar now holds the link to this place.');
  }
}

/** A file that brings the run and the place back when it is dropped on the page. */
export async function saveScenario({ store }: Parts, session: Session): Promise<void> {
  const file = await session.file();
  if (!file) return;
  const { saveBlob } = await import('./export/pictures.ts');
  saveBlob(new Blob([file.text], { type: 'application/json' }), file.name);
  store.getState().say(`Saved as ${file.name}: drop it on the page to open this place again.`);
}

const NEXT_ORDER = { list: 'file', file: 'pfn', pfn: 'list' } as const;
export function nextOrder({ store }: Parts): void {
  store.getState().setOrder(NEXT_ORDER[store.getState().order]);
}
