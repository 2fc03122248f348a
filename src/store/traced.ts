import type { StateCreator } from 'zustand';
import type { MachineId } from '../abi/scenario.ts';
import type { TracedInfo } from '../abi/traced.ts';
import type { AppState } from './app-store.ts';

/** A trace that is being read: how far, from 0 to 1. */
export interface Opening {
  readonly name: string;
  readonly done: number;
}

/** Which machines are traces of real kernels, and the one that is on its way. */
export interface TracedSlice {
  readonly traced: { readonly [machine in MachineId]?: TracedInfo };
  readonly opening: Opening | undefined;
  setTraced(traced: TracedSlice['traced']): void;
  setOpening(opening: Opening | undefined): void;
}

/** What plays as a machine: the trace's name, or the kernel's. */
export const runName = ({ scenario }: Pick<AppState, 'scenario'>, machine: MachineId): string =>
  scenario?.traces?.[machine]?.name ?? scenario?.kernels[machine] ?? '';

export const tracedSlice: StateCreator<AppState, [], [], TracedSlice> = (set) => ({
  traced: {},
  opening: undefined,
  setTraced: (traced) => set({ traced }),
  setOpening: (opening) => set({ opening }),
});

/** A trace plays, or is being read. */
export const selectHasTrace = ({ traced, opening }: TracedSlice): boolean =>
  opening !== undefined || traced.A !== undefined || traced.B !== undefined;
