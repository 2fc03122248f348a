import type { Knob, KnobValues } from '../../abi/knob.ts';
import type { Recording } from '../../abi/recording.ts';
import { type Bytes, PAGE_BYTES, type Pages, SECTORS_PER_PAGE, type Sector } from '../../abi/units.ts';
import type { Frame, KernelFunction } from '../sim/kthread.ts';
import type { Kernel } from './kernel.ts';
import type { MemcgSpec } from './memcg.ts';
import { SPACE_FILE, type Space, type SpaceSpec } from './space.ts';

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
  /** The machine's page: files should begin at multiples of it. */
  readonly pageBytes: Bytes;
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
  /** Its system calls' frames are all declared: no stack is assumed for callers. */
  readonly hasKnownCallers?: boolean;
  /** total_vm, for the OOM killer. */
  readonly totalVmPages: Pages;
  readonly program: KernelFunction<Kernel, never>;
  readonly frame: Frame;
}

/**
 * Programs are the same on every architecture: a workload counts in pages of 4 KiB, and this makes the machine's pages of
 * what it plans.
 */
export function inMachinePages(plan: WorkloadPlan, pageBytes: Bytes): WorkloadPlan {
  const pages = (units: Pages): Pages => Math.ceil((units * PAGE_BYTES) / pageBytes);
  return {
    spaces: plan.spaces.map((spec) => ({
      ...spec,
      sizePages: pages(spec.sizePages),
      extents: spec.extents.map(({ firstIndex, sector, pages: length }) => ({
        firstIndex: pages(firstIndex),
        pages: pages(length),
        sector,
      })),
    })),
    memcgs: plan.memcgs.map((memcg) => inPages(memcg, pages)),
    tasks: plan.tasks.map((task) => ({ ...task, totalVmPages: pages(task.totalVmPages) })),
  };
}

function inPages(memcg: MemcgSpec, pages: (units: Pages) => Pages): MemcgSpec {
  const limited = { ...memcg, limitPages: pages(memcg.limitPages) };
  return memcg.softLimitPages === undefined ? limited : { ...limited, softLimitPages: pages(memcg.softLimitPages) };
}

/** Size of a file or of anonymous memory in a workload's pages of 4 KiB. */
export function unitsOf(space: Space): Pages {
  return (space.sizePages * space.sectorsPerPage) / SECTORS_PER_PAGE;
}

/** The machine's page that a workload's page of 4 KiB lies in. */
export function pageOfUnit(k: Kernel, unit: Pages): Pages {
  return Math.floor((unit * PAGE_BYTES) / k.pageBytes);
}

/** A file as one extent that starts at a fraction of the disk. */
export function fileAt(
  name: string,
  sizePages: Pages,
  fraction: number,
  diskSectors: Sector,
  hasContent: boolean,
): SpaceSpec {
  const sector = Math.floor((fraction * diskSectors) / SECTORS_PER_PAGE) * SECTORS_PER_PAGE;
  return { kind: SPACE_FILE, name, sizePages, extents: [{ firstIndex: 0, pages: sizePages, sector }], hasContent };
}
