import type { StateCreator } from 'zustand';
import type { TimedInput } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';
import type { Future } from './history.ts';

/** The other way a run went from a time on: the inputs it had, and what had been seen of it. */
export interface Branch {
  readonly atNs: Ns;
  readonly inputs: readonly TimedInput[];
  readonly future: Future;
}

/** So many turned knobs can be undone; what was seen behind each may be some megabytes. */
const BRANCHES_MAX = 16;

export type Way = 'undo' | 'redo';

export interface ForkSlice {
  /** What was left by turning a knob, and by undoing that; the latest last. */
  readonly undo: readonly Branch[];
  readonly redo: readonly Branch[];
  /** A knob was turned: `left` is what would have been without it. */
  forked(left: Branch): void;
  /** The latest branch of that way was taken, and `left` for it. */
  switched(way: Way, left: Branch): void;
  forgetForks(): void;
}

export const forkSlice: StateCreator<AppState, [], [], ForkSlice> = (set) => ({
  undo: [],
  redo: [],
  forked: (left) => set(({ undo }) => ({ undo: [...undo, left].slice(-BRANCHES_MAX), redo: [] })),
  switched: (way, left) =>
    set(({ undo, redo }) =>
      way === 'undo'
        ? { undo: undo.slice(0, -1), redo: [...redo, left] }
        : { undo: [...undo, left], redo: redo.slice(0, -1) },
    ),
  forgetForks: () => set({ undo: [], redo: [] }),
});

/** What a turned knob leaves behind, in one sentence; undefined where nothing lay ahead. */
export function leftBehind({ atNs, inputs, future }: Branch): string | undefined {
  const knobs = inputs.filter((input) => input.atNs > atNs).length;
  const ranOnNs = future.furthestNs - atNs;
  if (knobs === 0 && ranOnNs <= 0) return undefined;
  const parts = [
    ...(knobs === 0 ? [] : [knobs === 1 ? '1 knob' : `${knobs} knobs`]),
    ...(ranOnNs <= 0 ? [] : [`${(ranOnNs / 1e9).toFixed(1)} s of the run`]),
  ];
  return `Forgotten: ${parts.join(' and ')} after ${(atNs / 1e9).toFixed(3)} s.`;
}
