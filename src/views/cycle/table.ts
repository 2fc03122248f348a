import type { TablesOf } from '../shared/table.ts';
import { nameIn } from './text.ts';

/** The ring of page locks, each waiting for the next row's thread, the last for the first's. */
export const tables: TablesOf = ({ frame: { lockCycle, tasks } }) => [
  {
    caption: 'Lock cycle',
    head: ['thread', 'function', 'called from', 'file', 'page', 'locked by'],
    rows: lockCycle.map(({ task, fn, caller, file, index, heldBy }) => [
      nameIn(tasks, task),
      `${fn}()`,
      caller,
      file,
      index,
      nameIn(tasks, heldBy),
    ]),
  },
];
