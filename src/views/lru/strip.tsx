import { useCallback, useMemo } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import { GLYPH_PX } from '../shared/cells.ts';
import { type Palette, texel } from '../shared/palette.ts';
import { type CssSize, type Inputs, type Scene, sharpen, useRepaint } from '../shared/use-canvas.ts';
import { cellsOf, cellTexels, drawGlyphs, gridFor, type ListName, paintTexels } from './draw.ts';

/** Cells of the big list are this high when the whole machine has to fit in. */
const SMALLEST_PX = 2;

/** What a strip of texels keeps from frame to frame: its picture's memory, and the colour of every cell byte. */
class Texels {
  private image: ImageData | undefined;
  private palette: Palette | undefined;
  private colours: Uint32Array = new Uint32Array(0);
  private empty = 0;

  coloursFor(palette: Palette, list: ListName): readonly [colours: Uint32Array, empty: number] {
    if (this.palette !== palette) {
      this.palette = palette;
      this.colours = cellTexels(palette, list);
      this.empty = texel(palette.sunken);
    }
    return [this.colours, this.empty];
  }

  imageFor(ctx: CanvasRenderingContext2D, width: number, height: number): ImageData {
    if (this.image?.width !== width || this.image.height !== height) this.image = ctx.createImageData(width, height);
    return this.image;
  }
}

interface StripProps {
  readonly machine: MachineId;
  readonly list: ListName;
  /** Share of the machine's pages that fit in without shrinking. */
  readonly share: number;
}

function paintStrip(
  canvas: HTMLCanvasElement,
  size: CssSize,
  scene: Scene,
  { machine, list, share }: StripProps,
  texels: Texels,
): void {
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const frame = scene.twin[machine];
  const cells = cellsOf(frame, list);
  const { width, height } = size;
  const capacity = Math.ceil(frame.memory.totalPages * share);
  const squarePx = Math.floor(Math.sqrt((width * height) / Math.max(capacity, cells.length, 1)));
  if (squarePx >= GLYPH_PX) {
    sharpen(canvas, ctx, size);
    drawGlyphs(ctx, width, cells, gridFor(cells.length, capacity, height, squarePx), squarePx, scene.palette);
    return;
  }
  const grid = gridFor(cells.length, capacity, height, Math.max(SMALLEST_PX, squarePx));
  if (canvas.width !== grid.columns || canvas.height !== grid.rows) {
    Object.assign(canvas, { width: grid.columns, height: grid.rows });
  }
  const image = texels.imageFor(ctx, grid.columns, grid.rows);
  const [colours, empty] = texels.coloursFor(scene.palette, list);
  paintTexels(new Uint32Array(image.data.buffer), cells, grid, colours, empty);
  ctx.putImageData(image, 0, 0);
}

/** One list in its true order, newest left, next victim right. */
export function Strip({ machine, list, share }: StripProps) {
  const texels = useMemo(() => new Texels(), []);
  const paint = useCallback(
    (canvas: HTMLCanvasElement, size: CssSize, scene: Scene) =>
      paintStrip(canvas, size, scene, { machine, list, share }, texels),
    [machine, list, share, texels],
  );
  const inputs = useCallback<Inputs>(
    ({ twin }) => [cellsOf(twin[machine], list), twin[machine].memory.totalPages],
    [machine, list],
  );
  const ref = useRepaint(paint, inputs);
  return <canvas ref={ref} className={`strip strip-${list}`} data-testid={`strip-${machine}-${list}`} />;
}
