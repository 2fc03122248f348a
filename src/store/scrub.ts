import type { StateCreator } from 'zustand';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';

export interface TimeRange {
  readonly fromNs: Ns;
  readonly toNs: Ns;
}
export type Marker = 'a' | 'b';

export interface ScrubSlice {
  /** The part of the run that the scrubber shows; undefined: all of it. */
  readonly zoom: TimeRange | undefined;
  /** Two times set by hand, to measure between. */
  readonly markers: Readonly<Partial<Record<Marker, Ns>>>;
  setZoom(zoom: TimeRange | undefined): void;
  setMarker(marker: Marker, atNs: Ns): void;
  clearMarkers(): void;
}

export const scrubSlice: StateCreator<AppState, [], [], ScrubSlice> = (set) => ({
  zoom: undefined,
  markers: {},
  setZoom: (zoom) => set({ zoom }),
  setMarker: (marker, atNs) => set(({ markers }) => ({ markers: { ...markers, [marker]: atNs } })),
  clearMarkers: () => set({ markers: {} }),
});
