import { SAMPLE_ACTORS, type SampleActor } from '../../abi/frame.ts';
import type { Pages } from '../../abi/units.ts';
import type { Twin } from '../../store/feed.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import type { TimeRange } from '../../store/scrub.ts';
import type { Palette } from '../shared/palette.ts';
import { BAR_PX, type Bar, barOf } from './bars.ts';

/** Above the bands: the strip of the whole run when zoomed, the playhead's knob, the markers' letters. */
export const HEAD_PX = 10;
const ROW_PX = 3;
const TICK_PX = 2;

export interface Bands {
  /** Room of both bands, below the head. */
  readonly height: number;
  readonly bars: number;
  readonly range: TimeRange;
  /** Dirty pages and pages under writeback that fill a band. */
  readonly fullPages: Pages;
  /** Rows of actors, top to bottom; memory cgroup reclaim only where there are groups. */
  readonly actors: readonly SampleActor[];
  readonly palette: Palette;
}

/** Pages of the machines, which are equal; a trace may not tell its own. */
export const memoryOf = ({ A, B }: Pick<Twin, 'A' | 'B'>): Pages =>
  Number.isNaN(A.memory.totalPages) ? B.memory.totalPages : A.memory.totalPages;

export const actorsOf = (hasMemcgs: boolean): readonly SampleActor[] =>
  SAMPLE_ACTORS.filter((actor) => actor !== 'memcg' || hasMemcgs);

/** A band is full at a quarter, a half or all of memory: the least that has held everything so far; of unknown memory at the peak. */
export function fullPagesOf(peakPages: Pages, totalPages: Pages): Pages {
  if (Number.isNaN(totalPages)) return Math.max(1, peakPages);
  return Math.ceil(totalPages * ([0.25, 0.5].find((share) => peakPages <= totalPages * share) ?? 1));
}

/** Where the parts of machine A's (0) or B's (1) band lie, from top to bottom: dirty pages, ticks of stalls, actors. */
export function bandAt(machine: 0 | 1, { height, actors }: Pick<Bands, 'height' | 'actors'>) {
  const high = height / 2;
  const bottom = high * (machine + 1) - 3;
  const rowsTop = bottom - actors.length * ROW_PX;
  const floor = rowsTop - TICK_PX - 1;
  return { top: high * machine + 3, floor, rowsTop, bottom };
}

/** Bars `from` to `to` (exclusive) of one machine, over whatever was there. */
export function paintBand(
  ctx: CanvasRenderingContext2D,
  machine: 0 | 1,
  samples: SampleHistory,
  [from, to]: readonly [number, number],
  bands: Bands,
): void {
  const { top, bottom } = bandAt(machine, bands);
  ctx.clearRect(from * BAR_PX, top, (to - from) * BAR_PX, bottom - top);
  for (let bar = from; bar < to; bar++) {
    const values = barOf(samples, bar, bands.range, bands.bars);
    if (values) paintBar(ctx, machine, bar * BAR_PX, values, bands);
  }
}

function paintBar(ctx: CanvasRenderingContext2D, machine: 0 | 1, x: number, bar: Bar, bands: Bands): void {
  const { fullPages, actors, palette } = bands;
  const { top, floor, rowsTop } = bandAt(machine, bands);
  const room = floor - top;
  const dirtyHigh = Math.min(room, (bar.dirtyPages / fullPages) * room);
  const writebackHigh = Math.min(room - dirtyHigh, (bar.writebackPages / fullPages) * room);
  ctx.fillStyle = palette.dirty;
  ctx.fillRect(x, floor - dirtyHigh, BAR_PX - 1, dirtyHigh);
  ctx.fillStyle = palette.writeback;
  ctx.fillRect(x, floor - dirtyHigh - writebackHigh, BAR_PX - 1, writebackHigh);
  actors.forEach((actor, row) => {
    const share = bar.acted[SAMPLE_ACTORS.indexOf(actor)]!;
    if (share <= 0) return;
    const high = Math.max(1, Math.round(share * (ROW_PX - 1)));
    ctx.fillStyle = palette[actor];
    ctx.fillRect(x, rowsTop + (row + 1) * ROW_PX - high, BAR_PX, high);
  });
  if (!bar.stalled) return;
  // Stands on the rows, so that it is not taken for one of them.
  ctx.fillStyle = palette.direct;
  ctx.fillRect(x, rowsTop - TICK_PX, BAR_PX - 1, TICK_PX + 1);
}
