import { type RefObject, useCallback, useMemo } from 'react';
import type { Ns } from '../../abi/units.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { useApp } from '../shared/app-context.ts';
import { axisStep } from '../shared/time-axis.ts';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { useGaps } from '../shared/use-gaps.ts';
import { actorsOf, fullPagesOf, HEAD_PX, memoryOf } from './bands.ts';
import { barCount } from './bars.ts';
import { drawScrubber } from './draw.ts';
import { type MakeSheet, Tape } from './tape.ts';

const NO_INPUTS: readonly never[] = [];

const makeSheet: MakeSheet = (width, height, scale) => {
  const image = document.createElement('canvas');
  Object.assign(image, { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const ctx = image.getContext('2d');
  ctx?.scale(scale, scale);
  return ctx ? { ctx, image } : undefined;
};

/** The scrubber's canvas: the tape, brought up to date, and what is drawn over it. */
export function useTape(
  range: TimeRange,
  untilNs: Ns,
  brush: TimeRange | undefined,
): RefObject<HTMLCanvasElement | null> {
  const inputs = useApp((s) => s.scenario?.inputs ?? NO_INPUTS);
  const markers = useApp((s) => s.markers);
  const gapsOfA = useGaps('A');
  const gapsOfB = useGaps('B');
  const tape = useMemo(() => new Tape(makeSheet), []);
  const draw = useCallback<Draw>(
    (ctx, size, { twin: now, history, palette }) => {
      const bands = {
        height: size.height - HEAD_PX,
        bars: barCount(size.width),
        range,
        fullPages: fullPagesOf(Math.max(history.samples.A.peakPages, history.samples.B.peakPages), memoryOf(now)),
        actors: actorsOf(now.A.memcgs.length > 0),
        palette,
      };
      const scale = window.devicePixelRatio * (size.zoom ?? 1);
      const { samples, ends, furthestNs, requests } = history;
      drawScrubber(ctx, size, {
        tape: tape.upToDate(samples, bands, scale),
        bands,
        samples,
        ends,
        atNs: now.atNs,
        furthestNs,
        untilNs,
        lostBeforeNs: Math.max(now.past.A.horizonNs, now.past.B.horizonNs, requests.A.horizonNs, requests.B.horizonNs),
        inputs,
        markers,
        brush,
        gaps: { A: gapsOfA, B: gapsOfB },
        palette,
      });
    },
    [tape, range, untilNs, inputs, markers, brush, gapsOfA, gapsOfB],
  );
  const picture = useCallback<Inputs>(
    ({ twin: now, history: { samples, furthestNs, requests, ends }, playing }, size) => [
      axisStep(now.atNs, range.toNs - range.fromNs, size.width, playing),
      // A bar holds many samples: painting new ones a few times a second is painting them in time.
      samples.A.timeNs.length >> (playing ? 3 : 0),
      samples.A.cuts,
      furthestNs === now.atNs ? 0 : furthestNs,
      requests.A.horizonNs,
      { ...ends },
    ],
    [range],
  );
  return useCanvas(draw, picture);
}
