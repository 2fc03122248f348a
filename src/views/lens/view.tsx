import { useCallback } from 'react';
import { absentText } from '../shared/absent-words.ts';
import { useApp, useTwin } from '../shared/app-context.ts';
import { Inspectable, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawLens, layoutOf, markLens, pageAt } from './draw.ts';
import { holders, lensText, trailWords } from './text.ts';
import { drawTrail } from './trail.ts';

/** The last 256 pages of the inactive file list, one by one: where reclaim decides, 32 pages at a time. */
export function LensView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const lens = frame?.lens;
  const missing = frame && absentText(frame, ['cells']);
  return (
    <section className="view lens" aria-label={`Tail of the inactive file list of ${machine}`}>
      <div className="strip-row">
        <span className="caption">
          tail, last 256 <TableButton view="lens" machine={machine} />
        </span>
        <span />
        <span className="value words" title={missing}>
          {missing ? 'not in this trace' : lens && holders(lens)}
        </span>
        {!missing && <Tail machine={machine} />}
      </div>
      <Trail machine={machine} words={lens ? trailWords(lens) : ''} />
      <Spoken text={() => (frame ? lensText(frame) : '')} />
    </section>
  );
}

function Tail({ machine }: LaneProps) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawLens(ctx, size, twin[machine].lens, palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].lens], [machine]);
  return (
    <Inspectable machine={machine} className="lens-canvas" pick={pick} marks={markLens} walk={WALK}>
      <canvas ref={useCanvas(draw, inputs)} data-testid={`lens-${machine}`} />
    </Inspectable>
  );
}

function Trail({ machine, words }: LaneProps & { readonly words: string }) {
  const open = useApp((s) => s.openDefinition);
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawTrail(ctx, size, twin[machine].lens, palette),
    [machine],
  );
  const inputs = useCallback<Inputs>(({ twin }) => [twin[machine].lens.trail], [machine]);
  return (
    <div className="strip-row lens-trail">
      <button type="button" className="metric" onClick={() => open('lens:trail')}>
        last 8 batches
      </button>
      <span />
      <span className="value words">{words}</span>
      <canvas ref={useCanvas(draw, inputs)} />
    </div>
  );
}

const pick: Pick = (x, y, size, { lens }) => {
  const at = pageAt(layoutOf(size, lens), x, y);
  return at === undefined ? undefined : { in: 'lens', at };
};
const WALK: Walk = {
  label: 'last 256 pages of inactive file, the next victim first',
  count: ({ lens }) => lens.cells.length,
  at: (step, { lens }) => ({ in: 'lens', at: lens.cells.length - 1 - step }),
  fromEnd: true,
};
