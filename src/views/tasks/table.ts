import type { TablesOf } from '../shared/table.ts';
import { taskState } from '../shared/task-state.ts';

/** What every thread does now. */
export const tables: TablesOf = ({ frame: { tasks, traced } }) => [
  {
    caption: 'Threads',
    head: ['thread', 'letter', 'state', 'reclaim', 'function', 'step', 'waits for'],
    rows: tasks.map(({ name, letter, state, reclaim, stack, waitsFor }) => [
      name,
      letter,
      taskState({ state }, traced !== undefined),
      reclaim === 'none' ? '' : reclaim,
      stack[0] ? `${stack[0].name}()` : '',
      stack[0]?.step ?? '',
      waitsFor,
    ]),
  },
];
