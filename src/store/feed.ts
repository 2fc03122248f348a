import type { MachineFrame, PastFrame } from '../abi/frame.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { Ns } from '../abi/units.ts';

/** One moment of both machines. Published only when both have reached it, so that no picture compares two times. */
export interface Twin {
  readonly atNs: Ns;
  readonly A: MachineFrame;
  readonly B: MachineFrame;
  /** Why a simulated kernel came to an end by itself, where one did. */
  readonly stopped: { readonly A?: string; readonly B?: string };
  /** What going back costs each machine in memory. */
  readonly past: Readonly<Record<MachineId, PastFrame>>;
}

export const MACHINES: readonly MachineId[] = ['A', 'B'];

/** Frames stay out of the store: sixty times a second is too often for it. Canvases and readouts subscribe here. */
export class FrameFeed {
  private twin: Twin | undefined;
  private readonly listeners = new Set<() => void>();

  readonly latest = (): Twin | undefined => this.twin;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** How often something other than a frame changed what is drawn. */
  touched = 0;

  publish(twin: Twin): void {
    this.twin = twin;
    this.tell();
  }

  /** Something other than the frame changed what is drawn (history, a colour): every picture is drawn again. */
  readonly touch = (): void => {
    this.touched++;
    this.tell();
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
