import { PAGE_BYTES, PAGES_PER_MIB } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fileAt, type TaskPlan, unitsOf, type Workload } from '../machine/workload.ts';
import { andThen, type Frame, steps } from '../sim/kthread.ts';
import { below, createPrng, type PrngState } from '../sim/prng.ts';
import { knobNow, thinkThen, USER_BYTES } from './shared.ts';

interface Scatterer extends Frame {
  files: number;
  rng: PrngState;
}
const at = steps('next', 'wrote');

/** Writes single pages at random places of all files: every reclaim batch then holds pages of several of them. */
const scatterer = kernelFunction<Scatterer, keyof typeof at>('scatter_writer', USER_BYTES, at, {
  next: (k, f, t) => andThen(t, f, at.wrote, scatter(k, f, t)),
  wrote: (k, _f, t) => thinkThen(k, t, knobNow(k, 'workload.scatter_per_s'), at.next),
});

function scatter(k: Kernel, f: Scatterer, t: Parameters<typeof k.call.sysWrite>[1]): number {
  const space = k.space(below(f.rng, f.files));
  return k.call.sysWrite(k, t, space, below(f.rng, unitsOf(space)) * PAGE_BYTES, PAGE_BYTES);
}

/** Several writers over the same few files: two direct reclaimers meet, each holding locks of pages the other's span needs. */
export const lockCycle: Workload = {
  id: 'lock-cycle',
  title: 'Writers scattered over the same files',
  knobs: [
    {
      kind: 'number',
      path: 'workload.scatter_per_s',
      label: 'stores per writer',
      doc: 'A fixed gap after each store; 0: none.',
      source: 'scene',
      live: true,
      unit: 'pages/s',
      min: 0,
      max: 1000000,
      initial: 0,
    },
    {
      kind: 'number',
      path: 'workload.scatter_writers',
      label: 'writers',
      doc: 'Tasks that write to the same files.',
      source: 'scene',
      live: false,
      unit: 'tasks',
      min: 1,
      max: 32,
      step: 1,
      initial: 6,
    },
    {
      kind: 'number',
      path: 'workload.scatter_files',
      label: 'files',
      doc: 'Files written to, 64 MiB each.',
      source: 'scene',
      live: false,
      unit: 'files',
      min: 1,
      max: 8,
      step: 1,
      initial: 3,
    },
  ],
  plan: ({ knobs, seed, diskSectors }) => {
    const files = knobs['workload.scatter_files'] as number;
    const spaces = Array.from({ length: files }, (_, file) =>
      fileAt(`data-${file + 1}`, 64 * PAGES_PER_MIB, (file + 1) / (files + 1), diskSectors, false),
    );
    const tasks: TaskPlan[] = Array.from({ length: knobs['workload.scatter_writers'] as number }, (_, task) => {
      const frame: Scatterer = { files, rng: createPrng(seed, task + 1) };
      return { name: `writer-${task + 1}`, letter: `W${task + 1}`, totalVmPages: 256, program: scatterer, frame };
    });
    return { spaces, memcgs: [], tasks };
  },
};
