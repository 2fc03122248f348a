import type { CellGrid } from './cell-grid.ts';
import { CellPainter } from './cell-painter.ts';
import type { Palette } from './palette.ts';
import type { CssSize } from './use-canvas.ts';

/** Pages as a part of a larger picture: painted on a canvas of their own, which is then laid into the other one. */
class CellLayer {
  private readonly canvas = document.createElement('canvas');
  private readonly painter: CellPainter;

  constructor(emptyIs: 'sunken' | 'free') {
    this.painter = new CellPainter(false, emptyIs);
  }

  paint(
    ctx: CanvasRenderingContext2D,
    left: number,
    top: number,
    size: CssSize,
    cells: Uint8Array,
    grid: CellGrid,
    palette: Palette,
  ): void {
    this.painter.paint(this.canvas, size, cells, grid, palette);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.canvas, left, top, size.width, size.height);
  }
}

/** Layers by place, kept from frame to frame. */
const layers = new WeakMap<CanvasRenderingContext2D, Map<number, CellLayer>>();

export function layerOf(ctx: CanvasRenderingContext2D, place: number, emptyIs: 'sunken' | 'free'): CellLayer {
  const own = layers.get(ctx) ?? new Map<number, CellLayer>();
  layers.set(ctx, own);
  const layer = own.get(place) ?? new CellLayer(emptyIs);
  own.set(place, layer);
  return layer;
}
