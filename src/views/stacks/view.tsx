import { useCallback } from 'react';
import { useApp, useTwin } from '../shared/app-context.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawStacks, markStacks, tubeAt } from './draw.ts';
import { stacksText } from './text.ts';

/** How full the kernel stacks are: the reason why direct reclaim calling into a filesystem was feared. */
export function StacksView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const open = useApp((s) => s.openDefinition);
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawStacks(ctx, size, twin[machine].tasks, twin[machine].stackSize, palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].tasks, twin[machine].stackSize], [machine]);
  const ref = useCanvas(draw, inputs);
  return (
    <section className="view stacks" aria-label={`Kernel stacks of ${machine}`}>
      <h3>
        <button
          type="button"
          className="kernel-name"
          onClick={() => open(`stacks:${machine}`)}
          title="The line is the high-water mark, the bar across where reclaim entered the filesystem. Click for the functions."
        >
          <small>kernel stacks</small>
        </button>
        <TableButton view="stacks" machine={machine} />
      </h3>
      <Inspectable machine={machine} pick={pick} marks={marks} walk={WALK} className="stacks-canvas">
        <canvas ref={ref} />
      </Inspectable>
      <Spoken text={() => (frame ? stacksText(frame.tasks, frame.stackSize) : '')} />
    </section>
  );
}

const pick: Pick = (x, _y, size, { tasks }) => tubeAt(x, size, tasks);
const marks: Marks = (ctx, size, { tasks }, lit, palette) => markStacks(ctx, size, tasks, lit, palette);
const WALK: Walk = {
  label: 'kernel stacks by thread',
  count: ({ tasks }) => tasks.length,
  at: (step, { tasks }) => tasks[step] && { kind: 'task', id: tasks[step].id },
};
