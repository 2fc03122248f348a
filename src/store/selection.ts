import type { StateCreator } from 'zustand';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';

/**
 * Something that several pictures show. Named so that both machines know it: a page by the file (or anonymous memory) it
 * belongs to and its place there, not by its frame.
 */
export type Thing =
  | { readonly kind: 'page'; readonly space: number; readonly index: number }
  | { readonly kind: 'request'; readonly machine: MachineId; readonly disk: number; readonly startNs: Ns }
  | { readonly kind: 'task'; readonly id: number }
  | { readonly kind: 'memcg'; readonly name: string };

export interface SelectionSlice {
  /** Stepping acts on this machine, and a narrow screen shows only it. */
  readonly machine: MachineId;
  /** Name of the metric whose definition is open. */
  readonly definition: string | undefined;
  /** Under the pointer, and clicked: lit in every picture of both lanes. */
  readonly hovered: Thing | undefined;
  readonly pinned: Thing | undefined;
  hover(thing: Thing | undefined): void;
  pin(thing: Thing | undefined): void;
  selectMachine(machine: MachineId): void;
  openDefinition(metric: string | undefined): void;
}

export const selectionSlice: StateCreator<AppState, [], [], SelectionSlice> = (set) => ({
  machine: 'A',
  definition: undefined,
  hovered: undefined,
  pinned: undefined,
  hover: (hovered) => set({ hovered }),
  pin: (pinned) => set({ pinned }),
  selectMachine: (machine) => set({ machine }),
  openDefinition: (definition) => set({ definition }),
});
