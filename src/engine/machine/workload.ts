import type { Knob, KnobValues } from '../../abi/knob.ts';
import type { Recording } from '../../abi/recording.ts';
import type { Pages, Sector } from '../../abi/units.ts';
import type { Frame, KernelFunction } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import type { MemcgSpec } from './memcg.ts';
import { SPACE_FILE, type SpaceSpec } from './space.ts';

/**
 * The socket of workloads: what runs on the machine in user mode. A workload plans files and tasks from its knobs and the
 * seed; a task is a kernel-function-like program whose steps make system calls through k.call.
 */
export interface Workload {
  readonly id: string;
  readonly title: string;
  /** Paths begin with `workload.`; live ones are read from k.m.workload at each access. */
  readonly knobs: readonly Knob[];
  /** It plays what a recording holds and cannot run without one. */
  readonly needsRecording?: boolean;
  /** The recording is of one mapped file, and its faults are wanted as k.touches. */
  readonly playsTouches?: boolean;
  plan(request: PlanRequest): WorkloadPlan;
}

export interface PlanRequest {
  readonly knobs: KnobValues;
  readonly seed: number;
  readonly diskSectors: Sector;
  /** What the `recorded` workload replays; its columns are immutable and stand beside the machine. */
  readonly recording?: Recording;
}

export interface WorkloadPlan {
  readonly spaces: readonly SpaceSpec[];
  readonly memcgs: readonly MemcgSpec[];
  readonly tasks: readonly TaskPlan[];
}

export interface TaskPlan {
  readonly name: string;
  readonly letter: string;
  /** Index in `memcgs`; absent: root. */
  readonly memcg?: number;
  /** Anonymous memory of the task: index in `spaces`. */
  readonly mm?: number;
  /** Spaces it reads with a random hint. */
  readonly random?: readonly number[];
  /** total_vm, for the OOM killer. */
  readonly totalVmPages: Pages;
  readonly program: KernelFunction<Kernel, never>;
  readonly frame: Frame;
}

/** A file as one extent that starts at a fraction of the disk. */
export function fileAt(
  name: string,
  sizePages: Pages,
  fraction: number,
  diskSectors: Sector,
  hasContent: boolean,
): SpaceSpec {
  const sector = Math.floor((fraction * diskSectors) / 8) * 8;
  return { kind: SPACE_FILE, name, sizePages, extents: [{ firstIndex: 0, pages: sizePages, sector }], hasContent };
}
