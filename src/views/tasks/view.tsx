import { useCallback } from 'react';
import { useParts, useTwin } from '../shared/app-context.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { axisStep } from '../shared/time-axis.ts';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawTasks, LABEL_PX, ROW_PX } from './draw.ts';
import { tasksText } from './text.ts';

const ROWS_MAX = 12;

/** Who ran, who slept, who was stalled, on the time axis of the disk above. */
export function TasksView({ machine }: LaneProps) {
  const { history } = useParts();
  const tasks = useTwin()?.[machine].tasks ?? [];
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette, windowNs }) =>
      drawTasks(ctx, size, {
        tasks: twin[machine].tasks,
        samples: history.samples[machine],
        atNs: twin[machine].nowNs,
        windowNs,
        palette,
      }),
    [machine, history],
  );
  const inputs = useCallback<Inputs>(
    ({ twin, windowNs, playing }, { width }) => [
      axisStep(twin[machine].nowNs, windowNs, width - LABEL_PX, playing),
      history.samples[machine].timeNs.length,
      twin[machine].tasks.map(({ name, reclaim }) => [name, reclaim]),
    ],
    [machine, history],
  );
  const ref = useCanvas(draw, inputs);
  const hidden = tasks.length - ROWS_MAX;
  return (
    <section className="view tasks" aria-label={`Tasks of ${machine}`}>
      <h3>
        Tasks
        <small>
          {hidden > 0 ? `${hidden} more · ` : ''}ran <i className="key ran" /> asleep <i className="key asleep" />{' '}
          stalled <i className="key stalled" />
        </small>
      </h3>
      <canvas ref={ref} style={{ height: `${Math.min(ROWS_MAX, Math.max(tasks.length, 4)) * ROW_PX}px` }} />
      <Spoken text={() => tasksText(tasks)} />
    </section>
  );
}
