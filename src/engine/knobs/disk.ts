import type { Knob } from '../../abi/knob.ts';
import { ELEVATORS } from '../block/elevators/registry.ts';
import { choice, number, toggle } from './kinds.ts';

/** The disk and its queue. */
export const DISK_KNOBS: readonly Knob[] = [
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
