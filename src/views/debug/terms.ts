import type { TaskFrame } from '../../abi/frame.ts';
import { group } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';

const perThread =
  (read: (task: TaskFrame) => string): Term['of'] =>
  ({ tasks }) =>
    tasks.filter(({ stack }) => stack.length > 0).map((task) => `${task.name}: ${read(task)}`);

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'debug:bytes',
    label: 'Bytes of a function',
    definition:
      'What the function takes on the kernel stack while it has not returned. From published stack traces of 2010 where one has the function, else assumed; 0 where the compiler puts it into its caller. Below: the innermost function of each thread.',
    source: 'scripts/checkstack.pl; CONFIG_STACK_TRACER, kernel/trace/trace_stack.c',
    rule: '§11.4',
    of: perThread(({ stack }) => `${group(stack[0]!.bytes)} in ${stack[0]!.name}`),
  },
  {
    name: 'debug:depth',
    label: 'Depth of a kernel stack',
    definition:
      'Bytes of this function and of all that have called it. The depth of the innermost function is what the thread uses of its stack now; “run until” compares this, and the high-water mark within an event, with the bytes that are set.',
    source: 'kernel/trace/trace_stack.c:check_stack',
    rule: '§11.4',
    of: perThread(({ stackBytes }) => `${group(stackBytes)} bytes`),
  },
];
