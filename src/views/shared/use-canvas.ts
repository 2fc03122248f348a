import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { AppState } from '../../store/app-store.ts';
import type { Twin } from '../../store/feed.ts';
import type { History } from '../../store/history.ts';
import { selectIsPlaying } from '../../store/playback.ts';
import { useApp, useParts } from './app-context.ts';
import { type Look, lookOf } from './look.ts';
import { isSame } from './same.ts';

export interface CssSize {
  readonly width: number;
  readonly height: number;
  /** How much style sheets enlarge the canvas, for a room to read from; absent where the browser cannot tell. */
  readonly zoom?: number | undefined;
}

/** All a drawing may depend on. */
export interface Scene {
  readonly twin: Twin;
  readonly history: History;
  readonly palette: Look;
  /** Virtual ns that one width of a time axis shows. */
  readonly windowNs: number;
  readonly untilNs: number;
  /** Time goes by; else every detail of the moment has to be there. */
  readonly playing: boolean;
  /** Nothing may trail or slide. */
  readonly calm: boolean;
}

/** Paints one moment, in CSS pixels, from nothing but its arguments: so a test can call it too. */
export type Draw = (ctx: CanvasRenderingContext2D, size: CssSize, scene: Scene) => void;

/**
 * What a drawing depends on: while this is the same all the way down (same.ts), nothing is drawn again. What `draw` itself
 * was made from (its hook's dependencies), size, theme and window need not be named.
 */
export type Inputs = (scene: Scene, size: CssSize) => readonly unknown[];

/** How much virtual time the lanes show: slower playback looks closer, so that something moves at every speed; a short run is seen whole. */
export const windowOf = ({ speed, scenario }: Pick<AppState, 'speed' | 'scenario'>): number =>
  Math.min(windowAt(speed), (scenario?.untilS ?? Number.POSITIVE_INFINITY) * 1e9);

function windowAt(speed: number): number {
  if (speed >= 0.5) return 10e9;
  if (speed >= 0.08) return 4e9;
  if (speed >= 0.01) return 1e9;
  return 0.25e9;
}

const CALM = '(prefers-reduced-motion: reduce)';

const scenes = new WeakMap<HTMLCanvasElement, () => Scene | undefined>();
const draws = new WeakMap<HTMLCanvasElement, Draw>();

/** Draws what a canvas shows onto another surface, larger or as vectors; false where it is not made of drawing calls. */
export function redraw(canvas: HTMLCanvasElement, ctx: CanvasRenderingContext2D): boolean {
  const draw = draws.get(canvas);
  const scene = scenes.get(canvas)?.();
  if (draw && scene) draw(ctx, sizeOf(canvas), scene);
  return draw !== undefined && scene !== undefined;
}

type Paint = (canvas: HTMLCanvasElement, size: CssSize, scene: Scene) => void;

/**
 * Calls `paint` with the latest moment: at most once per animation frame, never while nothing changes. Most pictures stay
 * as they are in most frames, and comparing is a tenth of drawing: so say with `inputs` what is drawn.
 */
export function useRepaint(paint: Paint, inputs?: Inputs): RefObject<HTMLCanvasElement | null> {
  const ref = useRef<HTMLCanvasElement>(null);
  const { feed, history } = useParts();
  const theme = useApp((s) => s.theme);
  const windowNs = useApp(windowOf);
  const untilNs = useApp((s) => (s.scenario?.untilS ?? 1) * 1e9);
  const playing = useApp(selectIsPlaying);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const palette = lookOf(theme, window.innerWidth);
    const calm = window.matchMedia(CALM).matches;
    let size: CssSize = { width: 0, height: 0 };
    let drawn: readonly unknown[] | undefined;
    let scheduled = 0;
    const sceneNow = () => {
      const twin = feed.latest();
      return twin && { twin, history, palette, windowNs, untilNs, playing, calm };
    };
    scenes.set(canvas, sceneNow);
    const onFrame = () => {
      scheduled = 0;
      const scene = sceneNow();
      if (!scene || size.width === 0) return;
      const next = inputs && [feed.touched, ...inputs(scene, size)];
      if (next && isSame(next, drawn)) return;
      drawn = next;
      paint(canvas, size, scene);
    };
    const schedule = () => {
      scheduled ||= requestAnimationFrame(onFrame);
    };
    // Told, not asked: reading a size while drawing would make the browser lay out the page in every frame.
    const resize = new ResizeObserver(() => {
      size = sizeOf(canvas);
      drawn = undefined;
      schedule();
    });
    resize.observe(canvas);
    const unsubscribe = feed.subscribe(schedule);
    return () => {
      unsubscribe();
      resize.disconnect();
      cancelAnimationFrame(scheduled);
    };
  }, [feed, history, paint, inputs, theme, windowNs, untilNs, playing]);
  return ref;
}

const sizeOf = (canvas: HTMLCanvasElement & { readonly currentCSSZoom?: number }): CssSize => ({
  width: canvas.clientWidth,
  height: canvas.clientHeight,
  zoom: canvas.currentCSSZoom,
});

/** Gives the canvas the device's pixels, so that lines and letters are sharp, and clears it. */
export function sharpen(
  canvas: HTMLCanvasElement,
  ctx: CanvasRenderingContext2D,
  { width, height, zoom = 1 }: CssSize,
): void {
  const scale = window.devicePixelRatio * zoom;
  const wide = Math.round(width * scale);
  const high = Math.round(height * scale);
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, width, height);
}

export function useCanvas(draw: Draw, inputs?: Inputs): RefObject<HTMLCanvasElement | null> {
  const paint = useCallback<Paint>(
    (canvas, size, scene) => {
      const ctx = canvas.getContext('2d');
      if (!ctx) return;
      sharpen(canvas, ctx, size);
      draw(ctx, size, scene);
    },
    [draw],
  );
  const ref = useRepaint(paint, inputs);
  useEffect(() => {
    if (ref.current) draws.set(ref.current, draw);
  }, [ref, draw]);
  return ref;
}
