import { group, percent } from '../shared/format.ts';
import type { TablesOf } from '../shared/table.ts';

/** Each thread's kernel stack, now and at its deepest. */
export const tables: TablesOf = ({ frame: { tasks, stackSize } }) => [
  {
    caption: `Kernel stacks, bytes of ${group(stackSize.threadSizeBytes)}`,
    head: ['thread', 'letter', 'now', 'at most', 'of the room', 'innermost function', 'enters the filesystem in'],
    rows: tasks.map(({ name, letter, stack, stackBytes, stackHighBytes, stackHigh, spliceAt }) => [
      name,
      letter,
      stackBytes,
      stackHighBytes,
      percent(stackHighBytes / stackSize.limitBytes),
      stack[0] ? `${stack[0].name}()` : '',
      spliceAt < 0 ? '' : `${stackHigh[spliceAt]!.name}()`,
    ]),
  },
];
