import type { Ns } from '../../abi/units.ts';
import { heatColour } from '../shared/heat-ramp.ts';
import type { Look } from '../shared/look.ts';
import { digitOf, durationText, EDGES_NS, HEAT_ROWS, type Heat, mostIn } from '../shared/stall-heat.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { type Cell, type Plots, plotsOf } from './pick.ts';

export interface HeatScene {
  readonly A: Heat;
  readonly B: Heat;
  readonly atNs: Ns;
  /** Under the pointer or the keys. */
  readonly cell: Cell | undefined;
  readonly palette: Look;
}

/** Stalls of A above those of B: when they ended from left to right, how long they lasted upwards, how many by colour. */
export function drawHeat(ctx: CanvasRenderingContext2D, size: CssSize, scene: HeatScene): void {
  const { palette, cell } = scene;
  const plots = plotsOf(size);
  const most = mostIn(scene.A, scene.B);
  ctx.font = palette.font;
  for (const id of ['A', 'B'] as const) {
    const heat = scene[id];
    const top = plots.tops[id];
    ctx.fillStyle = heatColour(0);
    ctx.fillRect(plots.left, top, plots.wide, plots.high);
    drawCells(ctx, heat, top, plots, most);
    drawFrame(ctx, id, top, plots, palette);
    drawDurations(ctx, id, top, plots, palette);
  }
  drawTimes(ctx, scene.A, size, plots, palette);
  drawNow(ctx, scene, plots);
  if (cell) outline(ctx, cell, scene[cell.machine], plots);
}

function drawCells(ctx: CanvasRenderingContext2D, heat: Heat, top: number, plots: Plots, most: number): void {
  const { columns, counts } = heat;
  const wide = plots.wide / columns;
  const high = plots.high / HEAT_ROWS;
  for (let row = 0; row < HEAT_ROWS; row++) {
    const y = top + plots.high - (row + 1) * high;
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column]!;
      if (count === 0) continue;
      ctx.fillStyle = heatColour(digitOf(count, most));
      ctx.fillRect(plots.left + column * wide, y, Math.max(1, wide - 0.5), high - 0.5);
    }
  }
}

/** A solid, B dashed. */
function drawFrame(ctx: CanvasRenderingContext2D, id: 'A' | 'B', top: number, plots: Plots, palette: Look): void {
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = 1;
  ctx.setLineDash(id === 'A' ? [] : [4, 3]);
  ctx.strokeRect(plots.left - 0.5, top - 0.5, plots.wide + 1, plots.high + 1);
  ctx.setLineDash([]);
}

function drawDurations(ctx: CanvasRenderingContext2D, id: 'A' | 'B', top: number, plots: Plots, palette: Look): void {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.font = palette.boldFont;
  ctx.fillStyle = palette.text;
  ctx.fillText(id, 0, top + 8);
  ctx.font = palette.font;
  ctx.fillStyle = palette.muted;
  ctx.textAlign = 'right';
  for (let row = 2; row < EDGES_NS.length; row += 2) {
    if (row % 4 !== 2 && plots.high < 130) continue; // a decade's name each, where there is room
    ctx.fillText(durationText(EDGES_NS[row]!), plots.left - 6, top + plots.high - ((row + 1) / HEAT_ROWS) * plots.high);
  }
}

function drawTimes(ctx: CanvasRenderingContext2D, { range }: Heat, size: CssSize, plots: Plots, palette: Look): void {
  ctx.fillStyle = palette.muted;
  ctx.textBaseline = 'bottom';
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const seconds = (range.fromNs + share * (range.toNs - range.fromNs)) / 1e9;
    const text = `${Number(seconds.toPrecision(5))}${share === 1 ? ' s' : ''}`;
    ctx.textAlign = share === 0 ? 'left' : share === 1 ? 'right' : 'center';
    ctx.fillText(text, plots.left + share * plots.wide, size.height);
  }
  ctx.textAlign = 'left';
}

function drawNow(ctx: CanvasRenderingContext2D, { A: { range }, atNs, palette }: HeatScene, plots: Plots): void {
  if (atNs < range.fromNs || atNs > range.toNs) return;
  const x = plots.left + ((atNs - range.fromNs) / (range.toNs - range.fromNs)) * plots.wide;
  ctx.fillStyle = palette.muted;
  ctx.fillRect(x - 0.5, plots.tops.A - 3, 1, plots.tops.B + plots.high + 6 - plots.tops.A);
}

function outline(ctx: CanvasRenderingContext2D, cell: Cell, heat: Heat, plots: Plots): void {
  const wide = plots.wide / heat.columns;
  const high = plots.high / HEAT_ROWS;
  const y = plots.tops[cell.machine] + plots.high - (cell.row + 1) * high;
  ctx.strokeStyle = '#ffffff'; // the plots are black in either theme
  ctx.lineWidth = 2;
  ctx.strokeRect(plots.left + cell.column * wide - 1, y - 1, wide + 2, high + 2);
}
