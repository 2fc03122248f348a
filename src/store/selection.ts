import type { StateCreator } from 'zustand';
import type { Thing } from '../abi/look.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';
import type { AppState } from './app-store.ts';

export type { Thing } from '../abi/look.ts';

export interface StallRef {
  readonly machine: MachineId;
  readonly task: number;
  readonly atNs: Ns;
}

export interface SelectionSlice {
  /** Stepping acts on this machine, and a narrow screen shows only it. */
  readonly machine: MachineId;
  /** Name of the metric whose definition is open. */
  readonly definition: string | undefined;
  /** Under the pointer, and clicked: lit in every picture of both lanes. */
  readonly hovered: Thing | undefined;
  readonly pinned: Thing | undefined;
  /** A stall that was asked about: of a task, at a time within it. */
  readonly stall: StallRef | undefined;
  hover(thing: Thing | undefined): void;
  pin(thing: Thing | undefined): void;
  askAbout(stall: StallRef | undefined): void;
  selectMachine(machine: MachineId): void;
  openDefinition(metric: string | undefined): void;
}

export const selectionSlice: StateCreator<AppState, [], [], SelectionSlice> = (set) => ({
  machine: 'A',
  definition: undefined,
  hovered: undefined,
  pinned: undefined,
  stall: undefined,
  hover: (hovered) => set({ hovered }),
  pin: (pinned) => set({ pinned }),
  askAbout: (stall) => set({ stall }),
  selectMachine: (machine) => set({ machine }),
  openDefinition: (definition) => set({ definition }),
});
