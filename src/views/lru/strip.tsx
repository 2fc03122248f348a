import { useCallback } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import { GLYPH_PX } from '../shared/cells.ts';
import { texel } from '../shared/palette.ts';
import { type Scene, sharpen, useRepaint } from '../shared/use-canvas.ts';
import { cellsOf, cellTexels, drawGlyphs, gridFor, type ListName, paintTexels } from './draw.ts';

/** Cells of the big list are this high when the whole machine has to fit in. */
const SMALLEST_PX = 2;

function paintStrip(canvas: HTMLCanvasElement, scene: Scene, machine: MachineId, list: ListName, share: number): void {
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  const frame = scene.twin[machine];
  const cells = cellsOf(frame, list);
  const { clientWidth: width, clientHeight: height } = canvas;
  const capacity = Math.ceil(frame.memory.totalPages * share);
  const squarePx = Math.floor(Math.sqrt((width * height) / Math.max(capacity, cells.length, 1)));
  if (squarePx >= GLYPH_PX) {
    const size = sharpen(canvas, ctx);
    drawGlyphs(ctx, size.width, cells, gridFor(cells.length, capacity, height, squarePx), squarePx, scene.palette);
    return;
  }
  const grid = gridFor(cells.length, capacity, height, Math.max(SMALLEST_PX, squarePx));
  if (canvas.width !== grid.columns || canvas.height !== grid.rows) {
    Object.assign(canvas, { width: grid.columns, height: grid.rows });
  }
  const image = ctx.createImageData(grid.columns, grid.rows);
  paintTexels(
    new Uint32Array(image.data.buffer),
    cells,
    grid,
    cellTexels(scene.palette, list),
    texel(scene.palette.sunken),
  );
  ctx.putImageData(image, 0, 0);
}

/** One list in its true order, newest left, next victim right; `share` of the machine's pages fit in without shrinking. */
export function Strip({
  machine,
  list,
  share,
}: {
  readonly machine: MachineId;
  readonly list: ListName;
  readonly share: number;
}) {
  const paint = useCallback(
    (canvas: HTMLCanvasElement, scene: Scene) => paintStrip(canvas, scene, machine, list, share),
    [machine, list, share],
  );
  const ref = useRepaint(paint);
  return <canvas ref={ref} className={`strip strip-${list}`} data-testid={`strip-${machine}-${list}`} />;
}
