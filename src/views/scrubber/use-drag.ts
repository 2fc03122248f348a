import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { TimedInput } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import { landmarks, snapped } from '../../store/landmarks.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { useApp, useParts } from '../shared/app-context.ts';
import { axisOf } from './draw.ts';
import { type Grip, gripAt, timeAt } from './pick.ts';
import { centred, selected } from './zoom.ts';

const NO_INPUTS: readonly TimedInput[] = [];
/** Marks this near pull a marker to themselves. */
export const SNAP_PX = 6;

export interface Hovered {
  readonly atNs: Ns;
  readonly x: number;
}

/** What the pointer does on the track: scrub, select a part (Shift, or the zoom button first), move a marker or the part. */
export function useDrag(box: RefObject<HTMLDivElement | null>, range: TimeRange, untilNs: Ns) {
  const { driver, history, store } = useParts();
  const inputs = useApp((s) => s.scenario?.inputs ?? NO_INPUTS);
  const markers = useApp((s) => s.markers);
  const grip = useRef<Grip | { readonly of: 'brush'; readonly fromNs: Ns } | undefined>(undefined);
  const [brush, setBrush] = useState<TimeRange>();
  const [hovered, setHovered] = useState<Hovered>();

  const where = (event: PointerEvent) => {
    const { left, top, width } = box.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1 };
    // A style sheet may have enlarged the page: everything else counts in the track's own pixels.
    const own = (box.current?.clientWidth ?? width) / width;
    const x = (event.clientX - left) * own;
    return { x, y: (event.clientY - top) * own, width: width * own, atNs: timeAt(event.clientX, left, width, range) };
  };
  const drag = (event: PointerEvent) => {
    const { atNs, x, width } = where(event);
    const held = grip.current;
    if (held?.of === 'time') driver.seek({ atNs });
    if (held?.of === 'brush') setBrush(selected(held.fromNs, atNs));
    if (held?.of === 'strip') store.getState().setZoom(centred(range, (x / width) * untilNs, untilNs));
    if (held?.of === 'marker') {
      const withinNs = ((range.toNs - range.fromNs) * SNAP_PX) / width;
      store.getState().setMarker(held.marker, snapped(atNs, landmarks(history, inputs), withinNs));
    }
  };
  const release = () => {
    if (grip.current?.of === 'brush') store.getState().setZoom(brush ?? store.getState().zoom);
    grip.current = undefined;
    setBrush(undefined);
  };

  return {
    brush,
    hovered,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, y, width, atNs } = where(event);
        const isZoomed = range.toNs - range.fromNs < untilNs;
        grip.current =
          event.shiftKey || store.getState().brushing
            ? { of: 'brush', fromNs: atNs }
            : gripAt(x, y, { isZoomed, xOf: axisOf(width, range), markers });
        if (grip.current.of === 'time' || grip.current.of === 'strip') drag(event);
      },
      onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
        if (event.pointerType === 'mouse') setHovered(where(event));
        drag(event);
      },
      onPointerUp: release,
      onPointerCancel: release,
      onPointerLeave: () => setHovered(undefined),
      onDoubleClick: () => store.getState().setZoom(undefined),
    },
  };
}
