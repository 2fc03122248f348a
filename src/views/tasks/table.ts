import type { TablesOf } from '../shared/table.ts';

/** What every thread does now. */
export const tables: TablesOf = ({ frame: { tasks } }) => [
  {
    caption: 'Threads',
    head: ['thread', 'letter', 'state', 'reclaim', 'function', 'step', 'waits for'],
    rows: tasks.map(({ name, letter, state, reclaim, stack, waitsFor }) => [
      name,
      letter,
      state,
      reclaim === 'none' ? '' : reclaim,
      stack[0] ? `${stack[0].name}()` : '',
      stack[0]?.step ?? '',
      waitsFor,
    ]),
  },
];
