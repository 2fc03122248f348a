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

/** Where the pointer is, in CSS pixels of the page, and over which machine's picture. */
export interface Pointer {
  readonly machine: MachineId;
  readonly x: number;
  readonly y: number;
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
  readonly pointer: Pointer | undefined;
  hover(thing: Thing | undefined, pointer?: Pointer): void;
  pin(thing: Thing | undefined): void;
  askAbout(stall: StallRef | undefined): void;
  selectMachine(machine: MachineId): void;
  openDefinition(metric: string | undefined): void;
}

export function sameThing(a: Thing | undefined, b: Thing | undefined): boolean {
  if (a === b) return true;
  if (a?.kind === 'page') return b?.kind === 'page' && a.space === b.space && a.index === b.index;
  if (a?.kind === 'task') return b?.kind === 'task' && a.id === b.id;
  if (a?.kind === 'memcg') return b?.kind === 'memcg' && a.name === b.name;
  if (a?.kind !== 'request' || b?.kind !== 'request') return false;
  return a.machine === b.machine && a.disk === b.disk && a.startNs === b.startNs && a.sector === b.sector;
}

export const selectionSlice: StateCreator<AppState, [], [], SelectionSlice> = (set) => ({
  machine: 'A',
  definition: undefined,
  hovered: undefined,
  pinned: undefined,
  stall: undefined,
  pointer: undefined,
  hover: (thing, pointer) => set(({ hovered }) => ({ hovered: sameThing(hovered, thing) ? hovered : thing, pointer })),
  pin: (pinned) => set({ pinned }),
  askAbout: (stall) => set({ stall }),
  selectMachine: (machine) => set({ machine }),
  openDefinition: (definition) => set({ definition }),
});
