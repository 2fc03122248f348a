import { ACCESS, type Recording } from '../../abi/recording.ts';
import {
  type Bytes,
  type Ns,
  PAGE_BYTES,
  type Pages,
  SECTOR_BYTES,
  SECTORS_PER_PAGE,
  type Sector,
} from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { SPACE_FILE, type SpaceSpec } from '../machine/space.ts';
import { type Task, TIF_MEMDIE } from '../machine/task.ts';
import { WAIT_TIMER } from '../machine/waits.ts';
import type { TaskPlan, Workload } from '../machine/workload.ts';
import { andThen, type Frame, goto, type Next, steps } from '../sim/kthread.ts';
import { exit, knobNow, USER_BYTES } from './shared.ts';

interface Replayer extends Frame {
  /** Row in recording.tasks. */
  task: number;
  /** Row of the next access to look at; rows of other tasks are passed over. */
  row: number;
  /** Recorded time of this task's last access, and when it ended here. */
  lastRecordedNs: Ns;
  endedNs: Ns;
}
const at = steps('next', 'access', 'done');

/**
 * One recorded task: each access at the later of its recorded time × factor and the end of the task's previous access plus
 * the recorded gap × factor.
 */
const replayer = kernelFunction<Replayer, keyof typeof at>('replayer', USER_BYTES, at, {
  next: (k, f, t) => {
    const { task, timeNs } = k.recording!;
    while (f.row < task.length && task[f.row] !== f.task) f.row++;
    if (f.row >= task.length) return exit(k, t);
    const factor = knobNow(k, 'workload.time_factor');
    const recordedNs = timeNs[f.row]!;
    const gapNs = Math.round((recordedNs - f.lastRecordedNs) * factor);
    const dueNs = Math.max(Math.round(recordedNs * factor), f.endedNs + gapNs);
    f.lastRecordedNs = recordedNs;
    if (dueNs <= k.nowNs) return goto(t, at.access);
    return k.sched.sleep(t, WAIT_TIMER, 0, dueNs - k.nowNs, at.access);
  },
  access: (k, f, t) => andThen(t, f, at.done, access(k, t, f.row++)),
  done: (k, f, t) => {
    if (t.cpuDebtNs > 0) return k.sched.payCpu(t, at.done);
    f.endedNs = k.nowNs;
    return next(k, f, t);
  },
});

function next(k: Kernel, _f: Replayer, t: Task): Next {
  return (t.flags & TIF_MEMDIE) !== 0 ? exit(k, t) : goto(t, at.next);
}

function access(k: Kernel, t: Task, row: number): number {
  const recording = k.recording!;
  const space = k.space(recording.file[row]!);
  const pos = recording.pos[row]!;
  const length = recording.length[row]!;
  switch (recording.what[row]) {
    case ACCESS.READ:
      return k.call.sysRead(k, t, space, pos, length);
    case ACCESS.WRITE:
      return k.call.sysWrite(k, t, space, pos, length);
    case ACCESS.FAULT_READ:
      return k.call.touchMapped(k, t, space, Math.floor(pos / k.pageBytes), false);
    case ACCESS.FAULT_WRITE:
      return k.call.touchMapped(k, t, space, Math.floor(pos / k.pageBytes), true);
    case ACCESS.FSYNC:
      return k.call.syncInode(k, t, space);
    case ACCESS.TRUNCATE:
      return k.call.truncatePages(k, t, space, Math.ceil(pos / k.pageBytes));
    default:
      return k.call.truncatePages(k, t, space, 0);
  }
}

/** Files one after the other on the disk from a tenth of it on, each as one extent with room to what the recording reaches. */
function spacesOf(recording: Recording, diskSectors: Sector, pageBytes: Bytes): SpaceSpec[] {
  let sector = Math.floor(diskSectors / 10 / SECTORS_PER_PAGE) * SECTORS_PER_PAGE;
  return recording.files.map(({ path, inode, sizeBytes, reachBytes }) => {
    const sizePages: Pages = Math.max(1, Math.ceil(Math.max(sizeBytes, reachBytes) / PAGE_BYTES));
    const spec: SpaceSpec = {
      kind: SPACE_FILE,
      name: path === '' ? `inode ${inode}` : path,
      sizePages,
      extents: [{ firstIndex: 0, pages: sizePages, sector }],
      hasContent: sizeBytes > 0,
    };
    sector += (Math.ceil((sizePages * PAGE_BYTES) / pageBytes) * pageBytes) / SECTOR_BYTES;
    return spec;
  });
}

/** Replays what a real program did to the page cache, as recorded on a real kernel. */
export const recorded: Workload = {
  id: 'recorded',
  needsRecording: true,
  title: 'Recorded workload of a real program',
  knobs: [
    {
      kind: 'number',
      path: 'workload.time_factor',
      label: 'time factor',
      doc: 'Recorded times are multiplied by this: below 1 the program runs faster than it was recorded.',
      source: 'scene; the recordings come from an emulated CPU',
      live: true,
      unit: '×',
      min: 0,
      max: 100,
      initial: 1,
    },
  ],
  plan: ({ recording, diskSectors, pageBytes }) => {
    if (recording === undefined) return { spaces: [], memcgs: [], tasks: [] };
    const used = new Set(recording.task);
    const tasks: TaskPlan[] = [];
    recording.tasks.forEach((name, task) => {
      if (!used.has(task)) return;
      const frame: Replayer = { task, row: 0, lastRecordedNs: 0, endedNs: 0 };
      tasks.push({ name, letter: `P${tasks.length + 1}`, totalVmPages: 256, program: replayer, frame });
    });
    return { spaces: spacesOf(recording, diskSectors, pageBytes), memcgs: [], tasks };
  },
};
