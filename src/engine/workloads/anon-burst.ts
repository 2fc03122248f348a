import type { Knob } from '../../abi/knob.ts';
import { fileAt, type TaskPlan, type Workload } from '../machine/workload.ts';
import { createPrng } from '../sim/prng.ts';
import { type AnonHogFrame, anonHog } from './programs/anon-hog.ts';
import { type FileReaderFrame, fileReader } from './programs/file-reader.ts';
import { anonOf, SCALE_KNOB, scaled } from './shared.ts';

const HOG_KNOBS: readonly Knob[] = [
  {
    kind: 'number',
    path: 'workload.hogs',
    label: 'hogs',
    doc: 'Tasks that are forked together and fill their memory as fast as they can.',
    source: 'scene',
    live: false,
    unit: 'tasks',
    min: 1,
    max: 16,
    step: 1,
    initial: 2,
  },
  {
    kind: 'number',
    path: 'workload.burst_mib',
    label: 'burst',
    doc: 'Anonymous memory of all hogs together on a machine of 2 GiB; times the scale here.',
    source: 'more than free and file pages together, less than memory and swap',
    live: false,
    unit: 'MiB',
    min: 1,
    max: 65536,
    step: 1,
    initial: 2560,
  },
  {
    kind: 'number',
    path: 'workload.burst_s',
    label: 'burst at',
    doc: 'When the hogs are forked: by then the reader has filled memory with page cache.',
    source: 'scene',
    live: false,
    unit: 's',
    min: 0,
    max: 3600,
    initial: 5,
  },
  {
    kind: 'number',
    path: 'workload.hog_stores_per_s',
    label: 'stores per hog',
    doc: 'Once its memory is filled, a hog stores to pages of it at random: at most so many a second; 0: as fast as it goes.',
    source: 'scene',
    live: true,
    unit: 'pages/s',
    min: 0,
    max: 1000000,
    initial: 200,
  },
];

/** Page cache first, then more anonymous memory than is free: what goes, and when */
export const anonBurst: Workload = {
  id: 'anon-burst',
  title: 'Anonymous memory hogs beside a reader',
  knobs: [
    SCALE_KNOB,
    ...HOG_KNOBS,
    {
      kind: 'number',
      path: 'workload.blocks_read_per_s',
      label: 'reader',
      doc: 'Blocks of 64 KiB that a reader takes from a file larger than memory; 0: as fast as it goes.',
      source: 'scene',
      live: true,
      unit: 'blocks/s',
      min: 0,
      max: 100000,
      initial: 300,
    },
  ],
  plan: ({ knobs, seed, diskSectors }) => {
    const hogs = knobs['workload.hogs'] as number;
    const startS = knobs['workload.burst_s'] as number;
    const file = fileAt('read', scaled(knobs, 4096), 0.1, diskSectors, true);
    const sizePages = scaled(knobs, (knobs['workload.burst_mib'] as number) / hogs);
    const reader: FileReaderFrame = { space: 0, pace: 'workload.blocks_read_per_s', pos: 0 };
    const tasks: TaskPlan[] = [{ name: 'reader', letter: 'R', totalVmPages: 256, program: fileReader, frame: reader }];
    for (let at = 0; at < hogs; at++) {
      const frame: AnonHogFrame = {
        rng: createPrng(seed, at + 1),
        startS,
        pace: 'workload.hog_stores_per_s',
        filled: 0,
      };
      const name = `hog-${at + 1}`;
      tasks.push({ name, letter: `H${at + 1}`, mm: at + 1, totalVmPages: sizePages, program: anonHog, frame });
    }
    const memory = Array.from({ length: hogs }, (_, at) => anonOf(`hog-${at + 1}`, sizePages));
    return { spaces: [file, ...memory], memcgs: [], tasks };
  },
};
