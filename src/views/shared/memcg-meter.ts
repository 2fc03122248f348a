import type { MemcgFrame } from '../../abi/frame.ts';
import type { Pages } from '../../abi/units.ts';
import type { Look } from './look.ts';
import { drawMeter, type Mark } from './meter.ts';
import type { CssSize } from './use-canvas.ts';

/** One scale for all groups, so that their bars compare: the largest limit that memory can hold, or the largest usage. */
export function scaleOf(memcgs: readonly MemcgFrame[], totalPages: Pages): Pages {
  const limits = memcgs.map((one) => one.limitPages).filter((limit) => limit <= totalPages);
  return Math.max(...limits, ...memcgs.map((one) => one.usagePages), 1);
}

export function drawMemcg(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  memcg: MemcgFrame,
  full: number,
  palette: Look,
): void {
  const parts = [
    { value: memcg.anonPages, colour: palette.unevictable },
    { value: memcg.cleanPages, colour: palette.clean },
    { value: memcg.dirtyPages, colour: palette.dirty },
    { value: memcg.writebackPages, colour: palette.writeback },
  ];
  drawMeter(ctx, size, full * 1.01, parts, memcgMarks(memcg, full), palette);
}

/** The group's limit, and what else it has: a soft limit, its kswapd's marks, its dirty thresholds. */
export function memcgMarks(memcg: MemcgFrame, full: number): readonly Mark[] {
  const marks: readonly Mark[] = [
    { at: memcg.limitPages, label: 'limit' },
    { at: memcg.softLimitPages, label: 'soft' },
    { at: memcg.wmarks.low, label: 'low' },
    { at: memcg.wmarks.high, label: 'high' },
    { at: memcg.dirtyThreshPages, label: 'dirty' },
    { at: memcg.backgroundThreshPages },
  ];
  return marks.filter(({ at }) => at <= full);
}
