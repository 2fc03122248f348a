import type { Knob } from '../../abi/knob.ts';
import { PAGE_BYTES, SECTOR_BYTES } from '../../abi/units.ts';
import { fileAt, type TaskPlan, type Workload } from '../machine/workload.ts';
import { type FileWriterFrame, fileWriter } from './programs/file-writer.ts';
import { SCALE_KNOB, scaled } from './shared.ts';

const WRITERS_KNOB: Knob = {
  kind: 'number',
  path: 'workload.dd_writers',
  label: 'writers',
  doc: 'dd processes that write at the same time; together they write 4 × RAM, then each starts again.',
  source: 'history.md §2.0: 4 doubling to 64',
  live: false,
  unit: 'tasks',
  min: 1,
  max: 64,
  step: 1,
  initial: 4,
};

/** dd with conv=fsync: writers with a file each, which together write 4 × RAM. Blocks of 64 KiB (assumed: the mails say none). */
export const simpleWriteback: Workload = {
  id: 'simple-writeback',
  title: 'Several dd with conv=fsync',
  knobs: [SCALE_KNOB, WRITERS_KNOB],
  plan: ({ knobs, diskSectors }) => {
    const writers = knobs['workload.dd_writers'] as number;
    const sizePages = scaled(knobs, (4 * 2048) / writers);
    const tasks = Array.from({ length: writers }, (_, at): TaskPlan => {
      const frame: FileWriterFrame = { first: at, files: 1, fsync: true, file: 0, pos: 0 };
      return { name: `dd-${at + 1}`, letter: `W${at + 1}`, totalVmPages: 256, program: fileWriter, frame };
    });
    const place = (at: number) => 0.1 + (0.8 * at) / writers;
    const spaces = tasks.map((_, at) => fileAt(`dd-${at + 1}`, sizePages, place(at), diskSectors, false));
    return { spaces, memcgs: [], tasks };
  },
};

/** fs_mark as posted in July 2011 on 512 MB: files of 10 MB, 3 × RAM of them, no fsync (-S0), one thread. */
const MARK_FILE_MIB = 10;
const MARK_TOTAL_MIB = 3 * 512;

export const fsMark: Workload = {
  id: 'fs-mark',
  title: 'fs_mark-like: one task makes file after file',
  knobs: [SCALE_KNOB],
  plan: ({ knobs, diskSectors, pageBytes }) => {
    const sizePages = scaled(knobs, MARK_FILE_MIB);
    const files = Math.floor(MARK_TOTAL_MIB / MARK_FILE_MIB);
    const frame: FileWriterFrame = { first: 0, files, fsync: false, file: 0, pos: 0 };
    // One after the other on the disk, as an empty filesystem lays them.
    const fileSectors = (Math.ceil((sizePages * PAGE_BYTES) / pageBytes) * pageBytes) / SECTOR_BYTES;
    const place = (at: number) => 0.1 + (at * fileSectors) / diskSectors;
    return {
      spaces: Array.from({ length: files }, (_, at) =>
        fileAt(`mark-${at + 1}`, sizePages, place(at), diskSectors, false),
      ),
      memcgs: [],
      tasks: [{ name: 'fs_mark', letter: 'M', totalVmPages: 256, program: fileWriter, frame }],
    };
  },
};
