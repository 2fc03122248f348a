import { lazy, type PointerEvent, Suspense, useCallback, useRef, useState } from 'react';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { axisStep } from '../shared/time-axis.ts';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { useWidth } from '../shared/use-width.ts';
import { drawScrubber } from './draw.ts';
import { timeAt, timeByKey } from './pick.ts';
import { scrubberText } from './text.ts';

/** The chart library follows the first view. */
const TimeAxis = lazy(() => import('./axis.tsx'));

/** A bar holds many samples: painting new ones a few times a second is painting them in time. */
const picture: Inputs = ({ twin, history, untilNs, playing }, { width }) => [
  axisStep(twin.atNs, untilNs, width, playing),
  history.samples.A.timeNs.length >> (playing ? 3 : 0),
  history.furthestNs === twin.atNs ? 0 : history.furthestNs,
];

const NO_INPUTS: readonly never[] = [];

/** The whole run, painted with what happened in it. Drag or use the keys to go anywhere, both ways. */
export function ScrubberView() {
  const { driver } = useParts();
  const twin = useTwin();
  const untilS = useApp((s) => s.scenario?.untilS ?? 1);
  const inputs = useApp((s) => s.scenario?.inputs ?? NO_INPUTS);
  const untilNs = untilS * 1e9;
  const [dragging, setDragging] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const draw = useCallback<Draw>(
    (ctx, size, { twin: now, history, palette }) =>
      drawScrubber(ctx, size, {
        samples: history.samples,
        totalPages: now.A.memory.totalPages,
        atNs: now.atNs,
        untilNs,
        inputs,
        palette,
      }),
    [untilNs, inputs],
  );
  const canvas = useCanvas(draw, picture);
  const seek = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (bounds) driver.seek({ atNs: timeAt(event.clientX, bounds.left, bounds.width, untilNs) });
  };
  const atNs = twin?.atNs ?? 0;
  return (
    <div className="scrubber">
      <span className="scrubber-name">A</span>
      <span className="scrubber-name">B</span>
      <div
        ref={box}
        className="scrubber-track"
        data-testid="scrubber"
        role="slider"
        tabIndex={0}
        aria-label="Time in the run"
        aria-valuemin={0}
        aria-valuemax={untilS}
        aria-valuenow={Math.round(atNs / 1e6) / 1e3}
        aria-valuetext={scrubberText(atNs, untilNs, inputs.length)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          seek(event);
        }}
        onPointerMove={(event) => dragging && seek(event)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
        onKeyDown={(event) => {
          const to = timeByKey(event.key, event.shiftKey, atNs, untilNs);
          if (to === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          driver.seek({ atNs: to });
        }}
      >
        <canvas ref={canvas} />
      </div>
      <Suspense fallback={<span className="axis" />}>
        <TimeAxis width={width} untilS={untilS} />
      </Suspense>
    </div>
  );
}
