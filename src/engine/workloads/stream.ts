import type { Knob } from '../../abi/knob.ts';
import { PAGE_BYTES } from '../../abi/units.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fileAt, type TaskPlan, unitsOf, type Workload } from '../machine/workload.ts';
import { andThen, type Frame, steps } from '../sim/kthread.ts';
import { exit, knobNow, thinkThen, USER_BYTES } from './shared.ts';

const PAGES_PER_MIB = 256;
const KIB = 1024;

interface Stream extends Frame {
  space: number;
  pos: number;
  /** Bytes still to go; Infinity: for ever. */
  left: number;
  /** 1: writes, 0: reads. */
  writes: number;
}
const at = steps('next', 'done');

/** dd: one file from front to back, in blocks; at its end it starts again, or ends when its count is done. */
const dd = kernelFunction<Stream, keyof typeof at>('dd', USER_BYTES, at, {
  next: (k, f, t) => {
    if (f.left <= 0) return exit(k, t);
    const space = k.space(f.space);
    if (f.pos >= unitsOf(space) * PAGE_BYTES) f.pos = 0;
    const length = Math.min(knobNow(k, 'workload.block_kib') * KIB, f.left);
    const answer =
      f.writes === 1 ? k.call.sysWrite(k, t, space, f.pos, length) : k.call.sysRead(k, t, space, f.pos, length);
    f.pos += length;
    f.left -= length;
    return andThen(t, f, at.done, answer);
  },
  done: (k, _f, t) => thinkThen(k, t, knobNow(k, 'workload.blocks_per_s'), at.next),
});

const STREAM_KNOBS: readonly Knob[] = [
  {
    kind: 'number',
    path: 'workload.block_kib',
    label: 'block',
    doc: 'Bytes of one read() or write() call.',
    source: 'dd bs=',
    live: true,
    unit: 'KiB',
    min: 1,
    max: 1024,
    step: 1,
    initial: 64,
  },
  {
    kind: 'number',
    path: 'workload.blocks_per_s',
    label: 'pace',
    doc: 'At most so many calls a second; 0: as fast as it goes.',
    source: 'scene',
    live: true,
    unit: 'calls/s',
    min: 0,
    max: 100000,
    initial: 0,
  },
  {
    kind: 'number',
    path: 'workload.stream_mib',
    label: 'file size',
    doc: 'Size of the file; at its end the task starts again.',
    source: 'scene',
    live: false,
    unit: 'MiB',
    min: 1,
    max: 16384,
    step: 1,
    initial: 1024,
  },
  {
    kind: 'number',
    path: 'workload.total_mib',
    label: 'total',
    doc: 'The task ends after so much; 0: never.',
    source: 'dd count=',
    live: false,
    unit: 'MiB',
    min: 0,
    max: 1048576,
    step: 1,
    initial: 0,
  },
];

function ddTask(name: string, letter: string, space: number, writes: boolean, totalMib: number): TaskPlan {
  const frame: Stream = { space, pos: 0, left: totalMib === 0 ? Infinity : totalMib * 1048576, writes: writes ? 1 : 0 };
  return { name, letter, totalVmPages: 256, program: dd, frame };
}

/** One streaming writer. */
export const streamWriter: Workload = {
  id: 'stream-writer',
  title: 'One dd-like writer',
  knobs: STREAM_KNOBS,
  plan: ({ knobs, diskSectors }) => ({
    spaces: [fileAt('stream', (knobs['workload.stream_mib'] as number) * PAGES_PER_MIB, 0.1, diskSectors, false)],
    memcgs: [],
    tasks: [ddTask('dd', 'W', 0, true, knobs['workload.total_mib'] as number)],
  }),
};

/** One sequential reader of a file with content. */
export const streamReader: Workload = {
  id: 'stream-reader',
  title: 'One sequential reader',
  knobs: STREAM_KNOBS,
  plan: ({ knobs, diskSectors }) => ({
    spaces: [fileAt('stream', (knobs['workload.stream_mib'] as number) * PAGES_PER_MIB, 0.1, diskSectors, true)],
    memcgs: [],
    tasks: [ddTask('cat', 'R', 0, false, knobs['workload.total_mib'] as number)],
  }),
};

const LIMIT_KNOB: Knob = {
  kind: 'number',
  path: 'workload.limit_mib',
  label: 'limit of "small"',
  doc: 'memory.limit_in_bytes of the group that the writer runs in.',
  source: 'history.md §5.1',
  live: false,
  unit: 'MiB',
  min: 1,
  max: 4096,
  step: 1,
  initial: 12,
};

const SOFT_LIMIT_KNOB: Knob = {
  kind: 'number',
  path: 'workload.soft_limit_mib',
  label: 'soft limit of "small"',
  doc: 'memory.soft_limit_in_bytes of the group that the writer runs in: under global pressure kswapd takes it first. 0: none.',
  source: 'mm/memcontrol.c mem_cgroup_soft_limit_reclaim(); model.md R6.6',
  live: false,
  unit: 'MiB',
  min: 0,
  max: 4096,
  step: 1,
  initial: 0,
};

const NEIGHBOURS_KNOB: Knob = {
  kind: 'number',
  path: 'workload.neighbours',
  label: 'writers outside',
  doc: 'Tasks that write a file each as fast as it goes, in no group: the group shares the disk and the flusher with them.',
  source: 'model.md E27, E29',
  live: false,
  unit: 'tasks',
  min: 0,
  max: 4,
  step: 1,
  initial: 0,
};

/** A writer in a small group, a reader in a roomy one, one disk: what a limit does to a dd (Kamezawa's test). */
export const memcgDd: Workload = {
  id: 'memcg-dd',
  title: 'dd in a small memory cgroup',
  knobs: [...STREAM_KNOBS, LIMIT_KNOB, SOFT_LIMIT_KNOB, NEIGHBOURS_KNOB],
  plan: ({ knobs, diskSectors }) => {
    const sizePages = (knobs['workload.stream_mib'] as number) * PAGES_PER_MIB;
    const softMib = knobs['workload.soft_limit_mib'] as number;
    const soft = softMib === 0 ? {} : { softLimitPages: softMib * PAGES_PER_MIB };
    const names = Array.from({ length: knobs['workload.neighbours'] as number }, (_, at) => `neighbour-${at + 1}`);
    return {
      spaces: [
        fileAt('stream', sizePages, 0.1, diskSectors, false),
        fileAt('library', 8 * PAGES_PER_MIB, 0.6, diskSectors, true),
        ...names.map((name, at) => fileAt(name, sizePages, 0.2 + 0.1 * at, diskSectors, false)),
      ],
      memcgs: [
        { name: 'small', limitPages: (knobs['workload.limit_mib'] as number) * PAGES_PER_MIB, ...soft },
        { name: 'roomy', limitPages: 1 << 20 },
      ],
      tasks: [
        { ...ddTask('dd', 'W', 0, true, knobs['workload.total_mib'] as number), memcg: 0 },
        { ...ddTask('cat', 'R', 1, false, 0), memcg: 1 },
        ...names.map((name, at) => ddTask(name, `N${at + 1}`, 2 + at, true, 0)),
      ],
    };
  },
};
