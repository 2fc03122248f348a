import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type BreakSlice, breakSlice } from './breaks.ts';
import { type ForkSlice, forkSlice } from './fork.ts';
import { type LayoutSlice, layoutSlice } from './layout.ts';
import { type PlaybackSlice, playbackSlice } from './playback.ts';
import { type RunSlice, runSlice } from './run.ts';
import { type ScrubSlice, scrubSlice } from './scrub.ts';
import { type SelectionSlice, selectionSlice } from './selection.ts';
import { type TracedSlice, tracedSlice } from './traced.ts';

/** What a user can set or link to, one slice per question. Frames and history live outside (feed.ts, history.ts). */
export type AppState = RunSlice &
  PlaybackSlice &
  SelectionSlice &
  LayoutSlice &
  ForkSlice &
  ScrubSlice &
  BreakSlice &
  TracedSlice;
export type AppStore = StoreApi<AppState>;

export const createAppStore = (): AppStore =>
  createStore<AppState>()((...a) => ({
    ...runSlice(...a),
    ...playbackSlice(...a),
    ...selectionSlice(...a),
    ...layoutSlice(...a),
    ...forkSlice(...a),
    ...scrubSlice(...a),
    ...breakSlice(...a),
    ...tracedSlice(...a),
  }));

export const useAppState = <T>(store: AppStore, selector: (state: AppState) => T): T => useStore(store, selector);
