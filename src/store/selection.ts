import type { StateCreator } from 'zustand';
import type { Thing } from '../abi/look.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { AppState } from './app-store.ts';

export type { Thing } from '../abi/look.ts';

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
