import type { Pages } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { isStore, pageOfTouch, touchRun } from '../machine/mmu.ts';
import type { Task } from '../machine/task.ts';
import { fileAt, type Workload } from '../machine/workload.ts';
import { ASLEEP, andThen, type Frame, GO_ON, type Next, ret, steps } from '../sim/kthread.ts';
import { USER_BYTES } from './shared.ts';

interface Toucher extends Frame {
  /** Row of the recording that comes next. */
  row: number;
}
const at = steps('run', 'touch');

/**
 * One task goes through a trace of page touches as fast as it can: loads and stores through a mapping of one file.
 * The trace is a recording of faults on one file, beside the machine.
 */
const toucher = kernelFunction<Toucher, keyof typeof at>('toucher', USER_BYTES, at, {
  run: (k, f, t) => {
    const touches = k.touches!;
    f.row = touchRun(k, t, k.space(0), touches, f.row);
    if (f.row >= touches.length) return ret(t, 0);
    // Stopped short: an event is due, or the page is not mapped.
    return k.sched.payCpu(t, at.touch) === GO_ON ? touch(k, f, t) : ASLEEP;
  },
  touch,
});

function touch(k: Kernel, f: Toucher, t: Task): Next {
  const it = k.touches![f.row++]!;
  return andThen(t, f, at.run, k.call.touchMapped(k, t, k.space(0), pageOfTouch(it), isStore(it)));
}

/** The benchmark's workload; also a way to play any trace of touches. */
export const touchTrace: Workload = {
  id: 'touch-trace',
  needsRecording: true,
  playsTouches: true,
  title: 'Touches of one mapped file, from a trace',
  knobs: [
    {
      kind: 'number',
      path: 'workload.file_pages',
      label: 'file size',
      doc: 'Pages of the mapped file.',
      source: 'scene',
      live: false,
      unit: 'pages',
      min: 1,
      max: 16777216,
      step: 1,
      initial: 65536,
    },
  ],
  plan: ({ knobs, diskSectors }) => ({
    spaces: [fileAt('mapped', knobs['workload.file_pages'] as Pages, 0.05, diskSectors, true)],
    memcgs: [],
    tasks: [
      { name: 'toucher', letter: 'T', random: [0], totalVmPages: 256, program: toucher, frame: { row: 0 } as Toucher },
    ],
  }),
};
