import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Twin } from '../../store/feed.ts';
import type { History } from '../../store/history.ts';
import { useApp, useParts } from './app-context.ts';
import { type Look, lookOf } from './look.ts';

export interface CssSize {
  readonly width: number;
  readonly height: number;
}

/** All a drawing may depend on. */
export interface Scene {
  readonly twin: Twin;
  readonly history: History;
  readonly palette: Look;
  /** Virtual ns that one width of a time axis shows. */
  readonly windowNs: number;
  readonly untilNs: number;
  /** Nothing may trail or slide. */
  readonly calm: boolean;
}

/** Paints one moment, in CSS pixels, from nothing but its arguments: so a test can call it too. */
export type Draw = (ctx: CanvasRenderingContext2D, size: CssSize, scene: Scene) => void;

/** How much virtual time the lanes show: slower playback looks closer, so that something moves at every speed. */
export function windowOf(speed: number): number {
  if (speed >= 0.5) return 10e9;
  if (speed >= 0.08) return 4e9;
  if (speed >= 0.01) return 1e9;
  return 0.25e9;
}

const CALM = '(prefers-reduced-motion: reduce)';

/** Calls `paint` with the latest moment: at most once per animation frame, never while nothing changes. */
export function useRepaint(
  paint: (canvas: HTMLCanvasElement, scene: Scene) => void,
): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const { feed, history } = useParts();
  const theme = useApp((s) => s.theme);
  const windowNs = useApp((s) => windowOf(s.speed));
  const untilNs = useApp((s) => (s.scenario?.untilS ?? 1) * 1e9);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const palette = lookOf(theme, window.innerWidth);
    const calm = window.matchMedia(CALM).matches;
    let scheduled = 0;
    const onFrame = () => {
      scheduled = 0;
      const twin = feed.latest();
      if (twin && canvas.clientWidth > 0) paint(canvas, { twin, history, palette, windowNs, untilNs, calm });
    };
    const schedule = () => {
      scheduled ||= requestAnimationFrame(onFrame);
    };
    const resize = new ResizeObserver(schedule);
    resize.observe(canvas);
    const unsubscribe = feed.subscribe(schedule);
    schedule();
    return () => {
      unsubscribe();
      resize.disconnect();
      cancelAnimationFrame(scheduled);
    };
  }, [feed, history, paint, theme, windowNs, untilNs]);
  return ref;
}

/** Gives the canvas the device's pixels, so that lines and letters are sharp; returns its size in CSS pixels. */
export function sharpen(canvas: HTMLCanvasElement, ctx: CanvasRenderingContext2D): CssSize {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = window.devicePixelRatio;
  const wide = Math.round(width * scale);
  const high = Math.round(height * scale);
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return { width, height };
}

export function useCanvas(draw: Draw): RefObject<HTMLCanvasElement | null> {
  const paint = useCallback(
    (canvas: HTMLCanvasElement, scene: Scene) => {
      const ctx = canvas.getContext('2d');
      if (ctx) draw(ctx, sharpen(canvas, ctx), scene);
    },
    [draw],
  );
  return useRepaint(paint);
}
