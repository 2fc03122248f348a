import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { useGaps } from '../shared/use-gaps.ts';
import { useWidth } from '../shared/use-width.ts';
import { timeByKey } from './pick.ts';
import { scrubberText } from './text.ts';
import { SNAP_PX, useDrag } from './use-drag.ts';
import { useTape } from './use-tape.ts';
import { following, shownRange, zoomed } from './zoom.ts';

/** Neither is needed for the first picture: the chart library, and what the pointer is over. */
const TimeAxis = lazy(() => import('./axis.tsx'));
const Hover = lazy(() => import('./hover.tsx'));

const NO_INPUTS: readonly never[] = [];

/** The run so far, painted with what happened in it, and the way to any moment of it, both ways. */
export function ScrubberView() {
  const { driver, store } = useParts();
  const twin = useTwin();
  const untilNs = useApp((s) => (s.scenario?.untilS ?? 1) * 1e9);
  const inputs = useApp((s) => s.scenario?.inputs ?? NO_INPUTS);
  const zoom = useApp((s) => s.zoom);
  const brushing = useApp((s) => s.brushing);
  const markers = useApp((s) => s.markers);
  const gaps = useGaps('A').length + useGaps('B').length;
  const range = useMemo(() => shownRange(zoom, untilNs), [zoom, untilNs]);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { brush, hovered, handlers } = useDrag(box, range, untilNs);
  useFollow();
  const canvas = useTape(range, untilNs, brush);
  const atNs = twin?.atNs ?? 0;
  const spanNs = range.toNs - range.fromNs;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = timeByKey(event.key, event.shiftKey, atNs, spanNs, untilNs);
    const factor = { '+': 0.5, '=': 0.5, '-': 2, '0': Number.POSITIVE_INFINITY }[event.key];
    if ((to === undefined && factor === undefined) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== undefined) driver.seek({ atNs: to });
    if (factor !== undefined) store.getState().setZoom(zoomed(range, factor, atNs, untilNs));
  };
  return (
    <div className="scrubber">
      <span className="scrubber-name">A</span>
      <span className="scrubber-name">B</span>
      <div
        ref={box}
        className="scrubber-track"
        data-testid="scrubber"
        data-brushing={brushing}
        role="slider"
        tabIndex={0}
        aria-label="Time in the run"
        aria-valuemin={0}
        aria-valuemax={untilNs / 1e9}
        aria-valuenow={Math.round(atNs / 1e6) / 1e3}
        aria-valuetext={scrubberText(atNs, untilNs, range, inputs.length, markers, gaps)}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <canvas ref={canvas} />
        {hovered && (
          <Suspense>
            <Hover {...hovered} width={width} nearNs={(spanNs * SNAP_PX) / Math.max(1, width)} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={<span className="axis" />}>
        <TimeAxis width={width} range={range} isWhole={spanNs >= untilNs} />
      </Suspense>
    </div>
  );
}

/** When the playhead moves out of the part that is shown, the part goes with it. */
function useFollow(): void {
  const { feed, store } = useParts();
  useEffect(() => {
    let wasNs = feed.latest()?.atNs ?? 0;
    return feed.subscribe(() => {
      const atNs = feed.latest()?.atNs ?? 0;
      const { zoom, scenario, setZoom } = store.getState();
      const next = zoom && scenario && following(zoom, wasNs, atNs, scenario.untilS * 1e9);
      wasNs = atNs;
      if (next) setZoom(next);
    });
  }, [feed, store]);
}
