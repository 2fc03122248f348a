import { useCallback } from 'react';
import { useTwin } from '../shared/app-context.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawCycle } from './draw.ts';
import { cycleText } from './text.ts';

/** Page locks that wait for each other for ever, as the ring they form; nothing while everybody can run. */
export default function CycleView({ machine }: LaneProps) {
  const frame = useTwin(250)?.[machine];
  if (!frame || frame.lockCycle.length === 0) return null;
  return <Ring machine={machine} text={cycleText(frame.lockCycle, frame.tasks)} />;
}

function Ring({ machine, text }: LaneProps & { readonly text: string }) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawCycle(ctx, size, twin[machine].lockCycle, twin[machine].tasks, palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].lockCycle, twin[machine].tasks], [machine]);
  const ref = useCanvas(draw, inputs);
  return (
    <section className="view cycle" aria-label={`Lock cycle of ${machine}`}>
      <h3>
        Lock cycle <span>waits for a page that the next one holds</span>
        <TableButton view="cycle" machine={machine} />
      </h3>
      <canvas ref={ref} />
      <Spoken text={text} />
    </section>
  );
}
