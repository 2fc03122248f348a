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
  /** The next drag selects the part to show. */
  readonly brushing: boolean;
  /** Two times set by hand, to measure between. */
  readonly markers: Readonly<Partial<Record<Marker, Ns>>>;
  setZoom(zoom: TimeRange | undefined): void;
  setBrushing(brushing: boolean): void;
  setMarker(marker: Marker, atNs: Ns): void;
  clearMarkers(): void;
}

export const scrubSlice: StateCreator<AppState, [], [], ScrubSlice> = (set) => ({
  zoom: undefined,
  brushing: false,
  markers: {},
  setZoom: (zoom) => set({ zoom, brushing: false }),
  setBrushing: (brushing) => set({ brushing }),
  setMarker: (marker, atNs) => set(({ markers }) => ({ markers: { ...markers, [marker]: atNs } })),
  clearMarkers: () => set({ markers: {} }),
});
