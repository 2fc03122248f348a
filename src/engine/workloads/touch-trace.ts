import { ACCESS } from '../../abi/recording.ts';
import { PAGE_BYTES, type Pages } from '../../abi/units.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { touchRun } from '../machine/mmu.ts';
import { fileAt, type Workload } from '../machine/workload.ts';
import { andThen, type Frame, ret, steps } from '../sim/kthread.ts';
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
    const recording = k.recording!;
    f.row = touchRun(k, t, k.space(0), recording, f.row);
    if (f.row >= recording.pos.length) return ret(t, 0);
    // Stopped short: an event is due, or the page is not mapped.
    return k.sched.payCpu(t, at.touch);
  },
  touch: (k, f, t) => {
    const { pos, what } = k.recording!;
    const row = f.row++;
    const isStore = what[row] === ACCESS.FAULT_WRITE;
    return andThen(t, f, at.run, k.call.touchMapped(k, t, k.space(0), pos[row]! / PAGE_BYTES, isStore));
  },
});

/** The benchmark's workload; also a way to play any trace of touches. */
export const touchTrace: Workload = {
  id: 'touch-trace',
  needsRecording: true,
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
