import type { Knob, KnobValues } from '../abi/knob.ts';
import { PAGES_PER_MIB, type Sector } from '../abi/units.ts';
import { ELEVATORS } from './block/elevators/registry.ts';
import type { MachineConfig, Sysctl } from './machine/config.ts';
import { QUESTIONS } from './policies/registry.ts';

const CENTISECOND_NS = 1e7;
const SECTORS_PER_GIB = 2097152;

const number = (knob: Omit<Extract<Knob, { kind: 'number' }>, 'kind'>): Knob => ({ kind: 'number', ...knob });
const toggle = (knob: Omit<Extract<Knob, { kind: 'switch' }>, 'kind'>): Knob => ({ kind: 'switch', ...knob });
const choice = (knob: Omit<Extract<Knob, { kind: 'choice' }>, 'kind'>): Knob => ({ kind: 'choice', ...knob });

const POLICY_KNOBS: readonly Knob[] = Object.values(QUESTIONS).map((question) =>
  choice({
    path: question.path,
    label: question.label,
    doc: question.doc,
    source: question.answers.map((answer) => `${answer.label}: ${answer.source}`).join('; '),
    live: true,
    options: [{ id: 'kernel', label: 'as the kernel' }, ...question.answers.map(({ id, label }) => ({ id, label }))],
    initial: 'kernel',
  }),
);

const VM_KNOBS: readonly Knob[] = [
  number({
    path: 'vm.dirty_ratio',
    label: 'dirty_ratio',
    doc: 'Writers are throttled when dirty and writeback pages pass this share of dirtyable memory; below 5 counts as 5.',
    source: 'mm/page-writeback.c vm_dirty_ratio; model.md R5.4',
    live: true,
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    initial: 20,
  }),
  number({
    path: 'vm.dirty_background_ratio',
    label: 'dirty_background_ratio',
    doc: 'The flusher starts in the background above this share of dirtyable memory.',
    source: 'mm/page-writeback.c dirty_background_ratio; model.md R5.4',
    live: true,
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    initial: 10,
  }),
  number({
    path: 'vm.dirty_writeback_centisecs',
    label: 'dirty_writeback_centisecs',
    doc: 'How often the flusher wakes by itself; 0 turns periodic writeback off.',
    source: 'mm/page-writeback.c dirty_writeback_interval; model.md R5.14',
    live: true,
    unit: '1/100 s',
    min: 0,
    max: 360000,
    step: 1,
    initial: 500,
  }),
  number({
    path: 'vm.dirty_expire_centisecs',
    label: 'dirty_expire_centisecs',
    doc: 'Periodic writeback takes inodes that have been dirty for longer than this.',
    source: 'mm/page-writeback.c dirty_expire_interval; model.md R5.13',
    live: true,
    unit: '1/100 s',
    min: 0,
    max: 360000,
    step: 1,
    initial: 3000,
  }),
  number({
    path: 'vm.swappiness',
    label: 'swappiness',
    doc: 'How willingly reclaim takes anonymous memory instead of page cache.',
    source: 'mm/vmscan.c vm_swappiness; model.md R3.18',
    live: true,
    unit: 'of 100',
    min: 0,
    max: 100,
    step: 1,
    initial: 60,
  }),
  toggle({
    path: 'vm.laptop_mode',
    label: 'laptop_mode',
    doc: 'Reclaim writes nothing until it is in trouble, so that the disk may rest.',
    source: 'mm/vmscan.c laptop_mode; model.md R3.27, R3.30',
    live: true,
    initial: false,
  }),
  toggle({
    path: 'kernel.historical_bugs',
    label: 'historical bugs',
    doc: 'Reproduces the known bugs B2, B3 and B4 of these kernels instead of their later mends; each kernel says what off means.',
    source: 'model.md §11.3',
    live: true,
    initial: false,
  }),
];

const MACHINE_KNOBS: readonly Knob[] = [
  number({
    path: 'machine.memory_mib',
    label: 'memory',
    doc: 'Physical memory in one zone.',
    source: 'model.md §11.5',
    live: false,
    unit: 'MiB',
    min: 8,
    max: 4096,
    step: 1,
    initial: 64,
  }),
  number({
    path: 'machine.reserved_percent',
    label: 'kernel-reserved',
    doc: 'Frames the kernel keeps for itself.',
    source: 'model.md R2.7',
    live: false,
    unit: '%',
    min: 0,
    max: 50,
    initial: 5,
  }),
  number({
    path: 'machine.swap_mib',
    label: 'swap',
    doc: 'Swap area at the inner end of the disk; 0: none.',
    source: 'model.md §11.5',
    live: false,
    unit: 'MiB',
    min: 0,
    max: 8192,
    step: 1,
    initial: 64,
  }),
  choice({
    path: 'machine.hz',
    label: 'HZ',
    doc: 'Timer ticks a second: kernel timeouts are whole ticks.',
    source: 'model.md §0.1',
    live: false,
    options: ['100', '250', '1000'].map((id) => ({ id, label: id })),
    initial: '1000',
  }),
  number({
    path: 'machine.ncpu',
    label: 'CPUs',
    doc: 'Only sets how often a dirtier is checked (ratelimit_pages): every task has a CPU of its own.',
    source: 'mm/page-writeback.c writeback_set_ratelimit(); model.md §0.1',
    live: false,
    unit: 'CPUs',
    min: 1,
    max: 64,
    step: 1,
    initial: 1,
  }),
  choice({
    path: 'machine.thread_size',
    label: 'kernel stack',
    doc: 'THREAD_SIZE: what a task’s kernel stack may hold.',
    source: 'arch/x86/include/asm; model.md §11.4',
    live: false,
    options: ['4096', '8192', '16384'].map((id) => ({ id, label: `${id} B` })),
    initial: '8192',
  }),
  toggle({
    path: 'machine.bdi_warm',
    label: 'warm bdi',
    doc: 'The disk starts with its full share of the dirty limit, as after long use; off: it has to earn it.',
    source: 'lib/proportions.c; model.md R5.9, S10',
    live: false,
    initial: true,
  }),
  number({
    path: 'disk.size_gib',
    label: 'disk size',
    doc: 'Capacity of the 7200 rpm disk.',
    source: 'model.md R7.11',
    live: false,
    unit: 'GiB',
    min: 1,
    max: 4000,
    step: 1,
    initial: 931,
  }),
  choice({
    path: 'disk.scheduler',
    label: 'elevator',
    doc: 'In which order queued requests go to the disk.',
    source: 'block/noop-iosched.c, block/deadline-iosched.c; model.md R7.6, R7.7',
    live: true,
    options: ELEVATORS.map(({ id, label }) => ({ id, label })),
    initial: 'deadline',
  }),
  toggle({
    path: 'disk.track_buffer',
    label: 'track buffer',
    doc: 'The drive reads ahead to the end of the track: a later sequential read is served from its memory.',
    source: 'model.md R7.15',
    live: true,
    initial: true,
  }),
];

/** All knobs but the workload's own. */
export const ENGINE_KNOBS: readonly Knob[] = [...POLICY_KNOBS, ...VM_KNOBS, ...MACHINE_KNOBS];

export function configOf(knobs: KnobValues, memcgs: MachineConfig['memcgs']): MachineConfig {
  const totalPages = num(knobs, 'machine.memory_mib') * PAGES_PER_MIB;
  return {
    totalPages,
    reservedPages: Math.floor((totalPages * num(knobs, 'machine.reserved_percent')) / 100),
    swapPages: num(knobs, 'machine.swap_mib') * PAGES_PER_MIB,
    hz: num(knobs, 'machine.hz'),
    ncpu: num(knobs, 'machine.ncpu'),
    threadSizeBytes: num(knobs, 'machine.thread_size'),
    diskSectors: diskSectorsOf(knobs),
    bdiWarm: knobs['machine.bdi_warm'] === true,
    memcgs,
  };
}

export function diskSectorsOf(knobs: KnobValues): Sector {
  return num(knobs, 'disk.size_gib') * SECTORS_PER_GIB;
}

export function sysctlOf(knobs: KnobValues): Sysctl {
  return {
    dirtyRatio: num(knobs, 'vm.dirty_ratio'),
    dirtyBackgroundRatio: num(knobs, 'vm.dirty_background_ratio'),
    dirtyWritebackIntervalNs: num(knobs, 'vm.dirty_writeback_centisecs') * CENTISECOND_NS,
    dirtyExpireIntervalNs: num(knobs, 'vm.dirty_expire_centisecs') * CENTISECOND_NS,
    swappiness: num(knobs, 'vm.swappiness'),
    laptopMode: knobs['vm.laptop_mode'] === true,
    historicalBugs: knobs['kernel.historical_bugs'] === true,
    scheduler: String(knobs['disk.scheduler']),
    trackBuffer: knobs['disk.track_buffer'] === true,
  };
}

function num(knobs: KnobValues, path: string): number {
  return Number(knobs[path]);
}
