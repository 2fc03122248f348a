import { useCallback } from 'react';
import { useTwin } from '../shared/app-context.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawLens } from './draw.ts';
import { holders, lensText } from './text.ts';

/** The last 256 pages of the inactive file list, one by one: where reclaim decides, 32 pages at a time. */
export function LensView({ machine }: LaneProps) {
  const lens = useTwin()?.[machine].lens;
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawLens(ctx, size, twin[machine].lens, palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].lens], [machine]);
  const ref = useCanvas(draw, inputs);
  return (
    <section className="view lens" aria-label={`Tail of the inactive file list of ${machine}`}>
      <div className="strip-row">
        <span className="caption">tail, last 256</span>
        <span className="value words">{lens ? holders(lens) : ''}</span>
        <canvas ref={ref} className="lens-canvas" />
      </div>
      <Spoken text={() => (lens ? lensText(lens) : '')} />
    </section>
  );
}
