import type { Ns, Pages, Sector } from '../../abi/units.ts';
import { type DeviceDriver, rests } from '../machine/disk.ts';
import { type Elevator, READ, sortedNeighbour, WRITE } from '../machine/elevator.ts';
import { Kernel } from '../machine/kernel.ts';
import { KERNEL_FUNCTIONS } from '../machine/kernel-function.ts';
import { createMachine, type Machine } from '../machine/machine.ts';
import { addToPageCache } from '../machine/page-cache.ts';
import { setPageWriteback } from '../machine/page-state.ts';
import { LOCKED_BY_IO, NONE } from '../machine/page-table.ts';
import { PLAIN_CONFIG, PLAIN_SYSCTL } from '../machine/plain-machine.test-double.ts';
import type { Answers, Policy } from '../machine/policy.ts';
import { sortedAt } from '../machine/requests.ts';
import type { Bio, Sockets } from '../machine/sockets.ts';
import { SPACE_FILE } from '../machine/space.ts';
import { createTask, TASK, type Task } from '../machine/task.ts';
import { link } from '../sim/kthread.ts';
import { Scheduler } from '../sim/scheduler.ts';
import { Recorder } from '../trace/recorder.ts';
import { onDiskEvent } from './disk-events.ts';
import { blockSockets } from './sockets.ts';

/** A device that never finishes by itself: the test says when (finishOne). */
export const STOPPED: Ns = 1e15;

/** Sorted by sector, lowest first, with front merges; or noop's order. For tests of the queue, not of an elevator. */
export const SORTED: Elevator = {
  id: 'sorted',
  label: '',
  source: '',
  frontMerges: true,
  choose({ sorted }) {
    const read = sortedAt(sorted[READ], 0);
    return read === NONE ? sortedAt(sorted[WRITE], 0) : read;
  },
  former: (block, id) => sortedNeighbour(block, id, -1),
  latter: (block, id) => sortedNeighbour(block, id, 1),
};
export const IN_ORDER: Elevator = {
  ...SORTED,
  id: 'in order',
  frontMerges: false,
  choose: ({ arrival }) => arrival.head,
  former: ({ arrival }, id) => arrival.before[id]!,
  latter: ({ arrival }, id) => arrival.behind[id]!,
};

export interface Rig {
  readonly k: Kernel;
  readonly tasks: readonly Task[];
  /** What the disk was given: when, and which sectors. */
  readonly served: { readonly atNs: Ns; readonly sector: Sector; readonly sectors: number; readonly write: boolean }[];
  serviceNs: Ns;
}

/** What a test varies of the disks. */
export interface RigDisks {
  readonly disks?: number;
  readonly nonrot?: boolean;
  readonly channels?: number;
  readonly ncqDepth?: number;
}

/** Page n of a file lies at sector 8 n and sits in frame n; there is a file on each disk. */
export function createRig(
  elevator: Elevator = SORTED,
  taskCount = 1,
  totalPages: Pages = 8192,
  { disks = 1, nonrot = false, channels = 1, ncqDepth = 1 }: RigDisks = {},
): Rig {
  const extents = [{ firstIndex: 0, pages: totalPages, sector: 0 }];
  const m = createMachine({
    config: { ...PLAIN_CONFIG, totalPages, reservedPages: totalPages, disks },
    sysctl: { ...PLAIN_SYSCTL, scheduler: elevator.id, ncqDepth },
    answers: {} as Answers,
    workload: {},
    spaces: Array.from({ length: disks }, (_, disk) => {
      return { kind: SPACE_FILE, name: `file ${disk}`, sizePages: totalPages, disk, extents, hasContent: true };
    }),
  });
  m.proportions.shift = 4;
  return rigAround(m, elevator, taskCount, { nonrot, channels });
}

/** A rig around a record that is there already: a restored checkpoint. */
export function rigAround(
  m: Machine,
  elevator: Elevator,
  newTasks = 0,
  { nonrot = false, channels = 1 }: RigDisks = {},
): Rig {
  const rig: { k?: Kernel; tasks?: Task[]; served: Rig['served']; serviceNs: Ns } = { served: [], serviceNs: STOPPED };
  const device: DeviceDriver = {
    id: 'stub',
    label: '',
    source: '',
    nonrot,
    channels,
    goOn: rests,
    serve(disk, { sector, sectors, write }, atNs) {
      rig.served.push({ atNs, sector, sectors, write });
      disk.headSector = sector + sectors;
      return rig.serviceNs;
    },
  };
  const call = { ...blockSockets, elevator: () => elevator } as unknown as Sockets;
  const sched = new Scheduler<Kernel>(m.sim, link(KERNEL_FUNCTIONS), onDiskEvent);
  rig.k = new Kernel(m, sched, {
    call,
    policy: { skippedDirty: { tagsReclaim: false } } as Policy,
    devices: m.blocks.map(() => device),
    trace: new Recorder(1024),
  });
  rig.tasks = Array.from({ length: newTasks }, (_, id) => createTask(id, TASK, `task ${id}`, 'W'));
  for (const t of rig.tasks) m.sim.threads.push(t);
  return rig as Rig;
}

/** A bio of pages first … first + pages - 1, with the pages in the state that a filesystem hands them over in. */
export function bioOf(k: Kernel, write: boolean, first: Pages, pages: Pages = 1, sync = false, disk = 0): Bio {
  const pfns = Array.from({ length: pages }, (_, at) => first + at);
  for (const pfn of pfns) {
    if (k.pages.columns.index[pfn] === NONE) addToPageCache(k, pfn, k.space(disk), pfn);
    if (write) setPageWriteback(k, pfn);
    else k.pages.setLocked(pfn, LOCKED_BY_IO);
  }
  return { write, sync, disk, sector: first * 8, pfns };
}

/** Puts a task on the run queue whose submitBio() has just answered BLOCKED, and lets it fall asleep. */
export function letSleep(rig: Rig, t: Task): void {
  rig.k.call.unplug(rig.k, 0);
  while (t.state !== 1) {
    const top = t.fns.length - 1;
    rig.k.sched.table[t.fns[top]!]!.steps[t.steps[top]!]!(rig.k, t.stack[top]! as never, t);
  }
}

/** The request that the disk has had longest is done now. */
export function finishOne({ k }: Rig, disk = 0): void {
  onDiskEvent(k, (disk << 8) | 2, k.m.blocks[disk]!.inFlight[0] ?? NONE);
}

export function runUntil({ k }: Rig, ns: Ns): void {
  k.sched.horizonNs = ns;
  while (k.sched.runOne(k));
  k.m.sim.nowNs = ns;
}

/** What is queued, by sector: [first page, pages] per request of a direction. */
export function queued({ k }: Rig, write: boolean): number[][] {
  const { sorted, requests } = k.m.blocks[0]!;
  const { ids, length } = sorted[write ? WRITE : READ];
  return Array.from(ids.subarray(0, length), (id) => [requests.sector[id]! / 8, requests.sectors[id]! / 8]);
}
