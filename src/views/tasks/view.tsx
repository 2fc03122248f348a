import { type MouseEvent, useCallback } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { gapsText } from '../shared/gaps.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { axisStep } from '../shared/time-axis.ts';
import { type Draw, type Inputs, useCanvas, windowOf } from '../shared/use-canvas.ts';
import { useGaps, useLostTitle } from '../shared/use-gaps.ts';
import { drawTasks, labelsPx, markTasks, ROW_PX } from './draw.ts';
import { stallAt, taskAt } from './pick.ts';
import { tasksText } from './text.ts';

const ROWS_MAX = 12;

/** Who ran, who slept, who was stalled, on the time axis of the disk above. */
export function TasksView({ machine }: LaneProps) {
  const { history } = useParts();
  const frame = useTwin()?.[machine];
  const tasks = frame?.tasks ?? [];
  const isTraced = frame?.traced !== undefined;
  const gaps = useGaps(machine);
  const lost = useLostTitle(machine, { left: labelsPx(tasks) });
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette, windowNs }) =>
      drawTasks(ctx, size, {
        tasks: twin[machine].tasks,
        samples: history.samples[machine],
        atNs: twin[machine].nowNs,
        windowNs,
        palette,
        gaps,
      }),
    [machine, history, gaps],
  );
  const inputs = useCallback<Inputs>(
    ({ twin, windowNs, playing }, { width }) => [
      axisStep(twin[machine].nowNs, windowNs, width - labelsPx(twin[machine].tasks), playing),
      history.samples[machine].timeNs.length,
      twin[machine].tasks.map(({ name, reclaim }) => [name, reclaim]),
    ],
    [machine, history],
  );
  const ref = useCanvas(draw, inputs);
  const stall = useStalls(machine);
  const hidden = tasks.length - ROWS_MAX;
  return (
    <section className="view tasks" aria-label={`Tasks of ${machine}`}>
      <h3>
        Tasks <TableButton view="tasks" machine={machine} />
        <small>
          {hidden > 0 ? `${hidden} more · ` : ''}
          <TermButton of="tasks:ran">
            {isTraced ? 'has events' : 'ran'} <i className="key ran" /> {isTraced ? 'none' : 'asleep'}{' '}
            <i className="key asleep" /> stalled <i className="key stalled" />
          </TermButton>
        </small>
      </h3>
      <Inspectable machine={machine} pick={pick} marks={marks} walk={WALK}>
        <canvas
          ref={ref}
          style={{ height: `${Math.min(ROWS_MAX, Math.max(tasks.length, 4)) * ROW_PX}px` }}
          onPointerMove={(event) => {
            stall.point(event);
            lost(event);
          }}
          onClick={stall.ask}
        />
      </Inspectable>
      <Spoken text={() => [tasksText(tasks, isTraced), gapsText(gaps)].join(' ')} />
    </section>
  );
}

const pick: Pick = (_x, y, size, { tasks }) => taskAt(y, size, tasks);
const marks: Marks = (ctx, size, { tasks }, lit, palette) => markTasks(ctx, size, tasks, lit, palette);
const WALK: Walk = {
  label: 'threads from top to bottom',
  count: ({ tasks }) => Math.min(ROWS_MAX, tasks.length),
  at: (step, { tasks }) => tasks[step] && { kind: 'task', id: tasks[step].id },
};

/** A click on a hatched block asks why; elsewhere it pins the thread. The same stalls are listed in the view that answers, for the keyboard. */
function useStalls(machine: MachineId) {
  const { feed, history, store } = useParts();
  const windowNs = useApp(windowOf);
  const under = ({ currentTarget: canvas, clientX, clientY }: MouseEvent<HTMLCanvasElement>) => {
    const box = canvas.getBoundingClientRect();
    const zoom = box.width / canvas.clientWidth;
    const { nowNs: atNs = 0, tasks = [] } = feed.latest()?.[machine] ?? {};
    const scene = { tasks, samples: history.samples[machine], atNs, windowNs };
    return stallAt((clientX - box.left) / zoom, (clientY - box.top) / zoom, canvas.clientWidth, scene);
  };
  return {
    point: (event: MouseEvent<HTMLCanvasElement>) => {
      event.currentTarget.style.cursor = under(event) ? 'pointer' : '';
    },
    ask: (event: MouseEvent<HTMLCanvasElement>) => {
      const found = under(event);
      const task = found && feed.latest()?.[machine].tasks[found.row]?.id;
      if (found === undefined || task === undefined) return;
      event.stopPropagation();
      const { askAbout, selectMachine, setDock, setSheet } = store.getState();
      selectMachine(machine);
      askAbout({ machine, task, atNs: found.atNs });
      setDock('blame');
      setSheet('dock');
    },
  };
}
