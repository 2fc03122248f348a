import type { Knob } from '../../abi/knob.ts';
import { DISKS } from '../block/disks/registry.ts';
import { ELEVATORS } from '../block/elevators/registry.ts';
import { choice, number, toggle } from './kinds.ts';

/** The disk and its queue. */
export const DISK_KNOBS: readonly Knob[] = [
  choice({
    path: 'disk.model',
    label: 'disk model',
    doc: 'What the files and the swap area lie on.',
    source: 'model.md §7.4, §7.5; where a figure is assumed the label says so',
    live: false,
    options: DISKS.map(({ id, label }) => ({ id, label })),
    initial: DISKS[0]!.id,
  }),
  number({
    path: 'disk.size_gib',
    label: 'disk size',
    doc: 'Addresses of the disk, whatever the model: what is far apart on a disk that turns depends on it.',
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
