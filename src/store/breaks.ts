import type { StateCreator } from 'zustand';
import type { BreakKind, Breakpoint, Hit } from '../abi/breakpoint.ts';
import type { Parting } from '../abi/divergence.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Bytes, Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';

/** What can be run until: on one machine, or on both of them together. */
export type Watched = BreakKind | 'divergence';

/** Why "run until" is over, and where both machines stand since; said as long as they stand there. */
export type BreakEnd = { readonly atNs: Ns } & (
  | { readonly by: 'hit'; readonly hits: Readonly<Partial<Record<MachineId, Hit>>> }
  | { readonly by: 'parting'; readonly parting: Parting }
  /** Nothing of it came up to the end of the scene. */
  | { readonly by: 'end' }
);

/** Breakpoints outlive seeks, other scenes and a closed debugger; a link does not carry them. */
export interface BreakSlice {
  readonly watched: readonly Watched[];
  /** A stack deeper than this counts. */
  readonly breakBytes: Bytes;
  readonly breakEnd: BreakEnd | 'under way' | undefined;
  watch(what: Watched, isWatched: boolean): void;
  setBreakBytes(bytes: Bytes): void;
  endRun(end: BreakEnd | 'under way' | undefined): void;
}

/** Half of a stack of 8 KiB. */
const FIRST_BYTES = 4096;

export const breakSlice: StateCreator<AppState, [], [], BreakSlice> = (set) => ({
  watched: ['direct-writepage'],
  breakBytes: FIRST_BYTES,
  breakEnd: undefined,
  watch: (what, isWatched) =>
    set(({ watched }) => ({ watched: [...watched.filter((one) => one !== what), ...(isWatched ? [what] : [])] })),
  setBreakBytes: (breakBytes) => set({ breakBytes }),
  endRun: (breakEnd) => set({ breakEnd }),
});

/** What the machines themselves look for. */
export const breakpointsOf = ({ watched, breakBytes }: Pick<BreakSlice, 'watched' | 'breakBytes'>): Breakpoint[] =>
  watched.flatMap((kind) => (kind === 'divergence' ? [] : { kind, bytes: breakBytes }));
