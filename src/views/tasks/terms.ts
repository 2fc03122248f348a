import type { Term } from '../shared/term.ts';
import { tasksText } from './text.ts';

/** What the lanes of this view mean. */
export const TERMS: readonly Term[] = [
  {
    name: 'tasks:ran',
    label: 'Lanes of threads',
    definition:
      'In each 50 ms: solid and the taller the more of it the thread ran, from a ten-thousandth on; a thin line where it slept; hatched for the share in which it was stalled in direct or memcg reclaim. Of a recorded kernel solid is the share of milliseconds in which the thread has an event: a trace does not say who has a CPU, and a thread without events may run or sleep.',
    source: 'kernel/sched.c: time in TASK_RUNNING on a CPU; of a trace the task column of its lines',
    rule: 'S3',
    of: ({ tasks, traced }) => tasks.map((task) => tasksText([task], traced !== undefined)),
  },
];
