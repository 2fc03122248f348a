import { fileAt, type Workload } from '../machine/workload.ts';
import { type MappedStreamFrame, mappedStream as program } from './programs/mapped-stream.ts';
import { SCALE_KNOB, scaled } from './shared.ts';

/** "A large sparse file" (history.md §2.0, size not given): 4 × the 2 GiB of the machine (assumed). */
const FILE_MIB = 8192;

/** micro-mapped-file-stream: one task streams a sparse file through a mapping; every page is touched once. */
export const mappedStream: Workload = {
  id: 'mapped-stream',
  title: 'A sparse file streamed through a mapping',
  knobs: [
    SCALE_KNOB,
    {
      kind: 'choice',
      path: 'workload.mapped_access',
      label: 'access',
      doc: 'What the task does to each page: a load, or a store that makes it dirty.',
      source: 'history.md §2.4: loads in Sep 2010 (no writes in the table), a streaming write in July 2011',
      live: true,
      options: [
        { id: 'load', label: 'load' },
        { id: 'store', label: 'store' },
      ],
      initial: 'load',
    },
    {
      kind: 'number',
      path: 'workload.mapped_pages_per_s',
      label: 'pace',
      doc: 'At most so many pages a second; 0: as fast as it goes.',
      source: 'scene',
      live: true,
      unit: 'pages/s',
      min: 0,
      max: 1000000,
      initial: 0,
    },
  ],
  plan: ({ knobs, diskSectors }) => {
    const frame: MappedStreamFrame = { space: 0, index: 0 };
    return {
      spaces: [fileAt('sparse', scaled(knobs, FILE_MIB), 0.1, diskSectors, false)],
      memcgs: [],
      tasks: [{ name: 'mapped-stream', letter: 'M', totalVmPages: 256, program, frame }],
    };
  },
};
