import type { Knob } from '../../abi/knob.ts';
import { DISKS } from '../block/disks/registry.ts';
import { ELEVATORS } from '../block/elevators/registry.ts';
import { choice, number, toggle } from './kinds.ts';

const MODELS = DISKS.map(({ id, label }) => ({ id, label }));

/** The disks and their queues. */
export const DISK_KNOBS: readonly Knob[] = [
  choice({
    path: 'disk.model',
    label: 'disk model',
    doc: 'What the files and the swap area lie on.',
    source:
      'model.md §7.4, §7.5; where most figures are assumed the label says so; the 0.15 ms before every seek are assumed (R7.14)',
    live: false,
    options: MODELS,
    initial: DISKS[0]!.id,
  }),
  number({
    path: 'disk.ncq_depth',
    label: 'NCQ depth',
    doc: 'Requests that a drive which can overlap them has at once; what is with the drive can no longer merge. An SSD of 2010 takes up to 10, the others one.',
    source: 'model.md R7.4, R7.18',
    live: true,
    unit: 'requests',
    min: 1,
    max: 10,
    step: 1,
    initial: 1,
  }),
  number({
    path: 'disk.count',
    label: 'disks',
    doc: 'Each has a queue, a request pool, an elevator and a flusher of its own.',
    source: 'mm/backing-dev.c; model.md R3.35, R5.5, R5.11',
    live: false,
    unit: 'disks',
    min: 1,
    max: 4,
    step: 1,
    initial: 1,
  }),
  choice({
    path: 'disk.more_model',
    label: 'further disks',
    doc: 'What the disks after the first one are.',
    source: 'model.md §7.4, §7.5',
    live: false,
    options: [{ id: 'same', label: 'as the first' }, ...MODELS],
    initial: 'same',
  }),
  choice({
    path: 'disk.files',
    label: 'files lie',
    doc: 'On which disks the workload’s files are, where it does not say so itself.',
    source: 'scene',
    live: false,
    options: [
      { id: 'first', label: 'on the first disk' },
      { id: 'in-turn', label: 'on the disks in turn' },
    ],
    initial: 'first',
  }),
  number({
    path: 'disk.size_gib',
    label: 'disk size',
    doc: 'Addresses of each disk, whatever the model: what is far apart on a disk that turns depends on it.',
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
    source: 'block/noop-iosched.c, block/deadline-iosched.c, block/cfq-iosched.c; model.md R7.6–R7.9',
    live: true,
    options: ELEVATORS.map(({ id, label }) => ({ id, label })),
    initial: 'deadline',
  }),
  toggle({
    path: 'disk.track_buffer',
    label: 'track buffer',
    doc: 'The drive reads ahead to the end of the track: a later sequential read is served from its memory.',
    source: 'model.md R7.15; a disk that turns only',
    live: true,
    initial: true,
  }),
  number({
    path: 'disk.write_cache_mib',
    label: 'write cache',
    doc: 'A disk that turns calls a write done when it is in the drive’s memory, and writes to the platter in the order that costs it least; 0: off, a write ends on the platter. Flushes and barriers are left out, so nothing says what a power cut would lose.',
    source: 'model.md R7.16 (32 MiB and on in desktops of 2010)',
    live: true,
    unit: 'MiB',
    min: 0,
    max: 64,
    step: 1,
    initial: 0,
  }),
];
