import type { Recording } from '../../abi/recording.ts';
import type { Bytes, Ns } from '../../abi/units.ts';
import type { Scheduler, SimState } from '../sim/scheduler.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Bdi } from './bdi.ts';
import type { BlockState } from './block-state.ts';
import { Buddy } from './buddy.ts';
import type { Sysctl } from './config.ts';
import { zeroPageNs } from './costs.ts';
import type { DeviceDriver } from './disk.ts';
import type { Instruments, Watch } from './instruments.ts';
import { Lru } from './lru.ts';
import type { Machine } from './machine.ts';
import type { Touches } from './mmu.ts';
import { PageTable } from './page-table.ts';
import type { Policy } from './policy.ts';
import type { Sockets } from './sockets.ts';
import type { Space } from './space.ts';
import type { SwapMap } from './swap-map.ts';
import type { Task } from './task.ts';
import type { Zone } from './zone.ts';

/** What stands beside the record: code and instruments, no state of the machine. */
export interface Beside extends Instruments {
  readonly call: Sockets;
  readonly policy: Policy;
  /** One per disk. */
  readonly devices: readonly DeviceDriver[];
  readonly trace: Recorder;
  /** What the replayer plays; immutable. */
  readonly recording?: Recording;
  /** The same as touches, for a workload that plays those. */
  readonly touches?: Touches;
}

/**
 * What a kernel function receives: the machine's record `m` and what stands beside it. Owns no state; it is made again
 * around the record after a restore.
 */
export class Kernel {
  readonly pages: PageTable;
  readonly buddy: Buddy;
  readonly lru: Lru;
  /** Counters, rows named by VM. */
  readonly vm: Float64Array;

  readonly m: Machine;
  /** Of the architecture: at hand, since every access asks. */
  readonly pageBytes: Bytes;
  readonly zeroPageNs: Ns;
  /** What a kernel stack holds beside thread_info. */
  readonly stackLimitBytes: Bytes;
  /** Parts of the record that everything asks for: a shorter way, fewer type checks in the compiled code. */
  readonly sim: SimState;
  readonly zone: Zone;
  readonly swap: SwapMap;
  readonly blocks: readonly BlockState[];
  readonly sysctl: Sysctl;
  readonly sched: Scheduler<Kernel>;
  /** The other rooms. */
  readonly call: Sockets;
  readonly devices: readonly DeviceDriver[];
  readonly trace: Recorder;
  readonly recording: Recording | undefined;
  readonly touches: Touches | undefined;
  /** Looks on: for a run in the lab, or for one step. */
  watch: Watch | undefined;
  /** The answers in force; replaced when a policy knob is turned. */
  policy: Policy;

  constructor(m: Machine, sched: Scheduler<Kernel>, beside: Beside) {
    this.m = m;
    this.pageBytes = m.config.pageBytes;
    this.stackLimitBytes = m.config.threadSizeBytes - m.config.threadInfoBytes;
    this.zeroPageNs = zeroPageNs(m.config.pageBytes);
    this.sim = m.sim;
    this.zone = m.zone;
    this.swap = m.swap;
    this.blocks = m.blocks;
    this.sysctl = m.sysctl;
    this.sched = sched;
    this.call = beside.call;
    this.policy = beside.policy;
    this.devices = beside.devices;
    this.trace = beside.trace;
    this.recording = beside.recording;
    this.touches = beside.touches;
    this.watch = beside.watch;
    this.pages = beside.pages?.(m.pages, this) ?? new PageTable(m.pages);
    this.buddy = new Buddy(m.zone.buddy, this.pages);
    this.lru = new Lru(this.pages, m.zone.lru, m.memcgs);
    this.vm = m.vmstat;
  }

  get nowNs(): number {
    return this.sim.nowNs;
  }

  space(id: number): Space {
    return this.m.spaces[id]!;
  }

  /** The bdi of the disk that a file lies on: mapping->backing_dev_info. */
  bdiOf(space: Space): Bdi {
    return this.m.bdis[space.disk]!;
  }

  task(id: number): Task {
    return this.m.sim.threads[id] as Task;
  }
}
