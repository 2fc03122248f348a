import { useCallback } from 'react';
import { useTwin } from '../shared/app-context.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { type Draw, useCanvas } from '../shared/use-canvas.ts';
import { drawStacks } from './draw.ts';
import { stacksText } from './text.ts';

/** How full the kernel stacks are: the reason why direct reclaim calling into a filesystem was feared. */
export function StacksView({ machine }: LaneProps) {
  const tasks = useTwin()?.[machine].tasks;
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawStacks(ctx, size, twin[machine].tasks, palette),
    [machine],
  );
  const ref = useCanvas(draw);
  return (
    <section className="view stacks" aria-label={`Kernel stacks of ${machine}`}>
      <h3>
        <small title="8192 bytes each; the line is the high-water mark">kernel stacks</small>
      </h3>
      <canvas ref={ref} />
      <Spoken text={tasks ? stacksText(tasks) : ''} />
    </section>
  );
}
