import { PAGE_BYTES, type Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import type { Task } from '../machine/task.ts';
import { fileAt, pageOfUnit, type TaskPlan, unitsOf, type Workload } from '../machine/workload.ts';
import { andThen, type Frame, goto, type Next, steps } from '../sim/kthread.ts';
import { createPrng, type PrngState, shuffled } from '../sim/prng.ts';
import { knobNow, thinkThen, USER_BYTES } from './shared.ts';

/** Where the files start, as fractions of the disk (design.md, Defaults). */
const PLACES = [0.1, 0.35, 0.6, 0.85] as const;
const PAGES_PER_MIB = 256;

interface Writer extends Frame {
  space: number;
  rng: PrngState;
  /** Windows of the file still to write, and pages still to write of the window in hand; taken from the end. */
  windows: number[];
  pages: number[];
  window: number;
}
const at = steps('next', 'wrote');

/** One window after the other in random order, the pages of a window in random order, each once. */
const writer = kernelFunction<Writer, keyof typeof at>('window_writer', USER_BYTES, at, {
  next: (k, f, t) => {
    const windowPages = Math.min(knobNow(k, 'workload.window_mib') * PAGES_PER_MIB, unitsOf(k.space(f.space)));
    if (f.pages.length === 0) startWindow(k, f, windowPages);
    const index = f.window * windowPages + f.pages.pop()!;
    return andThen(t, f, at.wrote, store(k, t, f.space, index));
  },
  wrote: (k, _f, t) => thinkThen(k, t, knobNow(k, 'workload.stores_per_s'), at.next),
});

function startWindow(k: Kernel, f: Writer, windowPages: Pages): void {
  const count = Math.max(1, Math.floor(unitsOf(k.space(f.space)) / windowPages));
  if (f.windows.length === 0) f.windows = shuffled(f.rng, count); // the end of the file: again, in a fresh order
  f.window = f.windows.pop()!;
  f.pages = shuffled(f.rng, windowPages);
}

function store(k: Kernel, t: Task, space: number, index: Pages): number {
  const file = k.space(space);
  return k.m.workload['workload.store_kind'] === 'mapped'
    ? k.call.touchMapped(k, t, file, pageOfUnit(k, index), true)
    : k.call.sysWrite(k, t, file, index * PAGE_BYTES, PAGE_BYTES);
}

interface Reader extends Frame {
  space: number;
  index: Pages;
}
const readerAt = steps('next', 'read');

/** Reads a file in order, over and over: clean pages between the dirty ones, as in life. */
const reader = kernelFunction<Reader, keyof typeof readerAt>('sequential_reader', USER_BYTES, readerAt, {
  next: (k, f, t): Next => {
    const perSecond = knobNow(k, 'workload.reads_per_s');
    if (perSecond === 0) return thinkThen(k, t, 10, readerAt.next); // switched off: looks again in 100 ms
    const space = k.space(f.space);
    if (f.index >= unitsOf(space)) f.index = 0;
    return andThen(t, f, readerAt.read, k.call.sysRead(k, t, space, f.index++ * PAGE_BYTES, PAGE_BYTES));
  },
  read: (k, _f, t) => {
    const perSecond = knobNow(k, 'workload.reads_per_s');
    return perSecond === 0 ? goto(t, readerAt.next) : thinkThen(k, t, perSecond, readerAt.next);
  },
});

/** Dirty pages dense in the file and scattered on the LRU: the case the RFC is about. */
export const denseWindows: Workload = {
  id: 'dense-windows',
  title: 'Writers in windows beside a sequential reader',
  knobs: [
    {
      kind: 'number',
      path: 'workload.writers',
      label: 'writers',
      doc: 'Tasks that write, each to a file of its own.',
      source: 'scene',
      live: false,
      unit: 'tasks',
      min: 1,
      max: 3,
      step: 1,
      initial: 3,
    },
    {
      kind: 'number',
      path: 'workload.window_mib',
      label: 'window',
      doc: 'A writer fills one window of its file in random order, then goes to another.',
      source: 'scene',
      live: false,
      unit: 'MiB',
      min: 1,
      max: 64,
      step: 1,
      initial: 4,
    },
    {
      kind: 'number',
      path: 'workload.stores_per_s',
      label: 'stores per writer',
      doc: 'A fixed gap after each access: at most so many pages a second per writer.',
      source: 'scene',
      live: true,
      unit: 'pages/s',
      min: 1,
      max: 100000,
      initial: 133,
    },
    {
      kind: 'number',
      path: 'workload.reads_per_s',
      label: 'reader',
      doc: 'Pages a second that a fourth task reads in order from a file that was never written (no I/O). 0: none.',
      source: 'scene',
      live: true,
      unit: 'pages/s',
      min: 0,
      max: 100000,
      initial: 1600,
    },
    {
      kind: 'choice',
      path: 'workload.store_kind',
      label: 'store by',
      doc: 'write() of whole pages, or stores through a shared mapping.',
      source: 'scene',
      live: true,
      options: [
        { id: 'write', label: 'write()' },
        { id: 'mapped', label: 'mapping' },
      ],
      initial: 'write',
    },
    {
      kind: 'number',
      path: 'workload.file_mib',
      label: 'file size',
      doc: 'Each of the four preallocated, never written files.',
      source: 'scene',
      live: false,
      unit: 'MiB',
      min: 1,
      max: 4096,
      step: 1,
      initial: 64,
    },
  ],
  plan: ({ knobs, seed, diskSectors }) => {
    const sizePages = (knobs['workload.file_mib'] as number) * PAGES_PER_MIB;
    const writers = knobs['workload.writers'] as number;
    const spaces = PLACES.map((place, file) => fileAt(`data-${file + 1}`, sizePages, place, diskSectors, false));
    const tasks: TaskPlan[] = [];
    for (let file = 0; file < writers; file++) {
      const frame: Writer = { space: file, rng: createPrng(seed, file + 1), windows: [], pages: [], window: 0 };
      tasks.push({ name: `writer-${file + 1}`, letter: `W${file + 1}`, totalVmPages: 256, program: writer, frame });
    }
    const frame: Reader = { space: PLACES.length - 1, index: 0 };
    tasks.push({ name: 'reader', letter: 'R', totalVmPages: 256, program: reader, frame });
    return { spaces, memcgs: [], tasks };
  },
};
