import type { StateCreator } from 'zustand';
import type { RunError } from '../abi/errors.ts';
import type { StepKind } from '../abi/protocol.ts';
import type { AppState } from './app-store.ts';

/** Exactly one of these holds, so "playing with an error" cannot be written down. */
export type Playback =
  /** `share`, 0…1: machines are brought back to where they were. */
  | { readonly at: 'loading'; readonly share?: number }
  | { readonly at: 'playing' }
  | { readonly at: 'paused' }
  /** Nothing is left to run: the scene's end, or both simulated kernels came to an end by themselves. */
  | { readonly at: 'stopped'; readonly because: string }
  /** Before `loading` was over there is no frame of this run to go on from. */
  | { readonly at: 'failed'; readonly error: RunError; readonly during: 'loading' | 'playing' | 'rest' };

function duringOf(playback: Playback): 'loading' | 'playing' | 'rest' {
  if (playback.at === 'loading') return playback.share === undefined ? 'loading' : 'rest';
  return playback.at === 'playing' ? 'playing' : 'rest';
}

export interface PlaybackSlice {
  readonly playback: Playback;
  /** Virtual seconds per wall second; infinite = as fast as it can. */
  readonly speed: number;
  readonly stepKind: StepKind;
  /** A seek, step or knob is under way. */
  readonly busy: boolean;
  play(): void;
  pause(): void;
  stop(because: string): void;
  /** Time was turned back from the end: there is something left to run again. */
  reopen(): void;
  fail(error: RunError): void;
  startLoading(): void;
  /** Brought back so far, 0…1. */
  bringBack(share: number): void;
  loaded(playing: boolean): void;
  setSpeed(speed: number): void;
  setStepKind(kind: StepKind): void;
  setBusy(busy: boolean): void;
}

export const playbackSlice: StateCreator<AppState, [], [], PlaybackSlice> = (set) => ({
  playback: { at: 'loading' },
  speed: 1,
  stepKind: 'batch',
  busy: false,
  // A stale action is a no-op by construction: a failed run cannot be played or paused.
  play: () =>
    set((s) => (s.playback.at === 'paused' || s.playback.at === 'stopped' ? { playback: { at: 'playing' } } : s)),
  pause: () =>
    set((s) => (s.playback.at === 'playing' || s.playback.at === 'stopped' ? { playback: { at: 'paused' } } : s)),
  stop: (because) => set((s) => (s.playback.at === 'playing' ? { playback: { at: 'stopped', because } } : s)),
  reopen: () => set((s) => (s.playback.at === 'stopped' ? { playback: { at: 'paused' } } : s)),
  // The first error is the one that explains the others.
  fail: (error) =>
    set((s) =>
      s.playback.at === 'failed' ? s : { playback: { at: 'failed', error, during: duringOf(s.playback) }, busy: false },
    ),
  startLoading: () => set({ playback: { at: 'loading' }, busy: false }),
  bringBack: (share) => set({ playback: { at: 'loading', share }, busy: false }),
  loaded: (playing) =>
    set((s) => (s.playback.at === 'loading' ? { playback: { at: playing ? 'playing' : 'paused' } } : s)),
  setSpeed: (speed) => set({ speed }),
  setStepKind: (stepKind) => set({ stepKind }),
  setBusy: (busy) => set((s) => (s.busy === busy ? s : { busy })),
});

/** Selectors live beside the slice; views never reach into the shape. */
export const selectIsPlaying = (s: PlaybackSlice): boolean => s.playback.at === 'playing';
export const selectFailure = (s: PlaybackSlice): RunError | undefined =>
  s.playback.at === 'failed' ? s.playback.error : undefined;

/** A frame of the run that failed is on the screen. */
export const selectCanGoOn = ({ playback }: PlaybackSlice): boolean =>
  playback.at === 'failed' && playback.during !== 'loading';
export const selectBroughtBack = (s: PlaybackSlice): number | undefined =>
  s.playback.at === 'loading' ? s.playback.share : undefined;

/** What tests wait for: `idle` means that nothing is moving and nothing is under way. */
export type Status = 'loading' | 'playing' | 'idle' | 'failed';
export function selectStatus({ playback, busy }: PlaybackSlice): Status {
  if (playback.at === 'failed') return 'failed';
  if (playback.at === 'playing') return 'playing';
  return playback.at === 'loading' || busy ? 'loading' : 'idle';
}
