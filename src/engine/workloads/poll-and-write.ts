import type { Knob } from '../../abi/knob.ts';
import { PAGE_BYTES, PAGES_PER_MIB } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import { fileAt, type TaskPlan, unitsOf, type Workload } from '../machine/workload.ts';
import { andThen, type Frame, type Next, steps } from '../sim/kthread.ts';
import { below, createPrng, type PrngState } from '../sim/prng.ts';
import { poller } from './programs/poller.ts';
import { knobNow, thinkThen, USER_BYTES } from './shared.ts';

interface Uploader extends Frame {
  space: number;
  /** Pages that lie one after the other; then it goes elsewhere in the file. */
  run: number;
  index: number;
  rng: PrngState;
}
const at = steps('next', 'wrote');

/** Writes short stretches at random places of a new file: each becomes an extent of its own. */
const uploader = kernelFunction<Uploader, keyof typeof at>('uploader', USER_BYTES, at, {
  next: (k, f, t): Next => {
    if (f.run === 0) startRun(k, f);
    f.run--;
    return andThen(t, f, at.wrote, k.call.sysWrite(k, t, k.space(f.space), f.index++ * PAGE_BYTES, PAGE_BYTES));
  },
  wrote: (k: Kernel, _f, t: Task) => thinkThen(k, t, knobNow(k, 'workload.upload_pages_per_s'), at.next),
});

interface Downloader extends Frame {
  space: number;
  index: number;
}
const readAt = steps('next', 'read');

const downloader = kernelFunction<Downloader, keyof typeof readAt>('downloader', USER_BYTES, readAt, {
  next: (k, f, t) => {
    const space = k.space(f.space);
    if (f.index >= unitsOf(space)) f.index = 0;
    return andThen(t, f, readAt.read, k.call.sysRead(k, t, space, f.index++ * PAGE_BYTES, PAGE_BYTES));
  },
  read: (k, _f, t) => thinkThen(k, t, knobNow(k, 'workload.download_pages_per_s'), readAt.next),
});

const RUN_PAGES = 16;
function startRun(k: Kernel, f: Uploader): void {
  f.run = RUN_PAGES;
  f.index = below(f.rng, unitsOf(k.space(f.space)) - RUN_PAGES);
}

const KNOBS: readonly Knob[] = [
  {
    kind: 'number',
    path: 'workload.pollers',
    label: 'pollers',
    doc: 'Tasks that sit in select() on many sockets; each call allocates the pages of its table.',
    source: 'history.md §3.1: apache2',
    live: false,
    unit: 'tasks',
    min: 1,
    max: 16,
    step: 1,
    initial: 4,
  },
  {
    kind: 'number',
    path: 'workload.poll_pages',
    label: 'table of a select()',
    doc: 'Pages that one call allocates: about 72 sockets each.',
    source: 'fs/select.c: POLL_TABLE_FULL',
    live: true,
    unit: 'pages',
    min: 1,
    max: 1024,
    step: 1,
    initial: 48,
  },
  {
    kind: 'number',
    path: 'workload.polls_per_s',
    label: 'calls per poller',
    doc: 'A fixed gap after each select(); it waits 20 ms itself.',
    source: 'scene',
    live: true,
    unit: 'calls/s',
    min: 1,
    max: 1000,
    initial: 50,
  },
  {
    kind: 'number',
    path: 'workload.uploaders',
    label: 'uploaders',
    doc: 'Tasks that write stretches of 16 pages at random places of a new file each.',
    source: 'history.md §3.1: WebDAV',
    live: false,
    unit: 'tasks',
    min: 1,
    max: 3,
    step: 1,
    initial: 2,
  },
  {
    kind: 'number',
    path: 'workload.upload_pages_per_s',
    label: 'pages per uploader',
    doc: 'A fixed gap after each page written.',
    source: 'scene',
    live: true,
    unit: 'pages/s',
    min: 1,
    max: 100000,
    initial: 200,
  },
  {
    kind: 'number',
    path: 'workload.download_pages_per_s',
    label: 'downloads',
    doc: 'Pages a second that one more task reads in order from a file that was never written (no I/O): clean pages between the dirty ones.',
    source: 'scene',
    live: true,
    unit: 'pages/s',
    min: 1,
    max: 100000,
    initial: 1800,
  },
];

/** Servers that poll beside others that write: whoever is short of a page may end up in the filesystem. */
export const pollAndWrite: Workload = {
  id: 'poll-and-write',
  title: 'Servers that poll beside writers',
  knobs: KNOBS,
  plan: ({ knobs, seed, diskSectors }) => {
    const uploaders = knobs['workload.uploaders'] as number;
    const spaces = Array.from({ length: uploaders }, (_, file) =>
      fileAt(`upload-${file + 1}`, 128 * PAGES_PER_MIB, (file + 1) / (uploaders + 1), diskSectors, false),
    );
    const writers: TaskPlan[] = spaces.map((_, file) => {
      const frame: Uploader = { space: file, run: 0, index: 0, rng: createPrng(seed, file + 1) };
      return { name: `upload-${file + 1}`, letter: `W${file + 1}`, totalVmPages: 256, program: uploader, frame };
    });
    const pollers: TaskPlan[] = Array.from({ length: knobs['workload.pollers'] as number }, (_, at) => {
      const name = `apache-${at + 1}`;
      return { name, letter: `P${at + 1}`, totalVmPages: 256, hasKnownCallers: true, program: poller, frame: {} };
    });
    const frame: Downloader = { space: spaces.length, index: 0 };
    const reader: TaskPlan = { name: 'download', letter: 'R', totalVmPages: 256, program: downloader, frame };
    spaces.push(fileAt('download', 128 * PAGES_PER_MIB, 0.95, diskSectors, false));
    return { spaces, memcgs: [], tasks: [...writers, reader, ...pollers] };
  },
};
