import type { StateCreator } from 'zustand';
import type { MachineId } from '../abi/scenario.ts';
import type { AppState } from './app-store.ts';

export interface SelectionSlice {
  /** Stepping acts on this machine, and a narrow screen shows only it. */
  readonly machine: MachineId;
  /** Name of the metric whose definition is open. */
  readonly definition: string | undefined;
  selectMachine(machine: MachineId): void;
  openDefinition(metric: string | undefined): void;
}

export const selectionSlice: StateCreator<AppState, [], [], SelectionSlice> = (set) => ({
  machine: 'A',
  definition: undefined,
  selectMachine: (machine) => set({ machine }),
  openDefinition: (definition) => set({ definition }),
});
