import type { StackFrameView, TaskFrame } from '../abi/frame.ts';
import type { MachineId } from '../abi/scenario.ts';
import { useTwin } from '../views/shared/app-context.ts';
import { group } from '../views/shared/format.ts';

/** Each thread's kernel stack at its deepest, as the kernel's stack tracer prints it: innermost function first. */
export function StacksDefinition({ machine }: { readonly machine: MachineId }) {
  const frame = useTwin(500)?.[machine];
  if (!frame) return null;
  const { threadSizeBytes, limitBytes } = frame.stackSize;
  const deepestFirst = [...frame.tasks].sort((a, b) => b.stackHighBytes - a.stackHighBytes);
  return (
    <>
      <p>
        Each task has {group(threadSizeBytes)} bytes of kernel stack, of which thread_info takes{' '}
        {group(threadSizeBytes - limitBytes)}. Depth is what is used up to and including the function. A star marks
        bytes that no source gives: they are assumed.
      </p>
      {deepestFirst.map((task, at) => (
        <details key={task.id} open={at === 0}>
          <summary>
            {task.name}: at most {group(task.stackHighBytes)} bytes
            {task.stackHighBytes > limitBytes ? ', an overflow' : ''}
          </summary>
          <StackTable task={task} />
        </details>
      ))}
    </>
  );
}

function StackTable({ task: { stackHigh, spliceAt } }: { readonly task: TaskFrame }) {
  return (
    <table className="all-table">
      <thead>
        <tr>
          <th scope="col">function</th>
          <th scope="col">depth</th>
          <th scope="col">size</th>
        </tr>
      </thead>
      <tbody>
        {withDepths(stackHigh).map(({ name, bytes, assumed, depth, row }) => (
          <tr key={row} data-splice={row === spliceAt || undefined}>
            <th scope="row">
              <code>{name}</code>
              {row === spliceAt && <small> reclaim enters the filesystem</small>}
            </th>
            <td>{depth}</td>
            <td>
              {bytes}
              {assumed ? '*' : ''}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Innermost first, each with the bytes used up to and including it. */
function withDepths(stack: readonly StackFrameView[]) {
  let depth = 0;
  return stack
    .map((frame, row) => {
      depth += frame.bytes;
      return { ...frame, depth, row };
    })
    .reverse();
}
