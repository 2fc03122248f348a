import type { MachineFrame } from '../../abi/frame.ts';
import type { Found, Thing } from '../../abi/look.ts';
import { sameThing } from '../../store/selection.ts';
import { boxOf, type CellGrid } from './cell-grid.ts';
import type { Look } from './look.ts';
import { texel } from './palette.ts';
import type { CssSize } from './use-canvas.ts';

/** A thing under the pointer or clicked, with where it is in the machine that is drawn. */
export interface Lit {
  readonly thing: Thing;
  readonly isPinned: boolean;
  readonly found: Found | undefined;
}

export function litIn(frame: MachineFrame, hovered: Thing | undefined, pinned: Thing | undefined): readonly Lit[] {
  const foundOf = (thing: Thing) => frame.found.find((one) => sameThing(one.thing, thing));
  const lit: Lit[] = [];
  if (pinned) lit.push({ thing: pinned, isPinned: true, found: foundOf(pinned) });
  if (hovered && !sameThing(hovered, pinned)) lit.push({ thing: hovered, isPinned: false, found: foundOf(hovered) });
  return lit;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly tall: number;
}

/** Smaller boxes are framed from further away, so that the frame encloses something. */
const FRAMED_PX = 7;

/** A frame around what is lit, never a colour: one line under the pointer, corners beyond it as well when pinned. */
export function outline(ctx: CanvasRenderingContext2D, box: Box, palette: Look, isPinned: boolean): void {
  const wide = Math.max(FRAMED_PX, box.wide);
  const tall = Math.max(FRAMED_PX, box.tall);
  const x = box.x + box.wide / 2 - wide / 2 - 1;
  const y = box.y + box.tall / 2 - tall / 2 - 1;
  ctx.lineWidth = 4;
  ctx.strokeStyle = palette.ground;
  ctx.strokeRect(x, y, wide + 2, tall + 2);
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = palette.isolated;
  ctx.strokeRect(x, y, wide + 2, tall + 2);
  if (!isPinned) return;
  const reach = 4;
  ctx.beginPath();
  for (const [cx, cy, dx, dy] of [
    [x, y, -1, -1],
    [x + wide + 2, y, 1, -1],
    [x, y + tall + 2, -1, 1],
    [x + wide + 2, y + tall + 2, 1, 1],
  ] as const) {
    ctx.moveTo(cx, cy);
    ctx.lineTo(cx + dx * reach, cy + dy * reach);
  }
  ctx.stroke();
}

/** All but the lit pages steps back; where a column stands for many, a cap as high as their share stands on it. */
export function veil(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  grid: CellGrid,
  isLit: Uint8Array,
  palette: Look,
): void {
  if (grid.mode === 'shares') {
    capColumns(ctx, size, grid, isLit, palette);
    return;
  }
  const { columns, rows } = grid;
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const unlit = ((texel(palette.ground) & 0xffffff) | (VEIL << 24)) >>> 0;
  pixels.fill(unlit);
  for (let index = 0; index < isLit.length; index++) {
    if (isLit[index] === 0) continue;
    const { x, y, wide, tall } = boxOf(index, grid, { width: columns, height: rows });
    pixels[Math.round(y / tall) * columns + Math.round(x / wide)] = 0;
  }
  const layer = new OffscreenCanvas(columns, rows);
  layer.getContext('2d')?.putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = false;
  const used = grid.mode === 'glyphs' ? boxOf(0, { ...grid, fromEnd: false }, size) : undefined;
  // Squares need not fill the height.
  ctx.drawImage(layer, 0, 0, size.width, used ? used.tall * rows : size.height);
}
/** Of 255. */
const VEIL = 176;

function capColumns(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  grid: CellGrid,
  isLit: Uint8Array,
  palette: Look,
): void {
  const counts = new Uint32Array(grid.columns);
  for (let index = 0; index < isLit.length; index++) {
    if (isLit[index] === 1) counts[Math.round((boxOf(index, grid, size).x / size.width) * grid.columns)]!++;
  }
  ctx.fillStyle = palette.isolated;
  counts.forEach((count, column) => {
    const tall = (Math.min(1, count / grid.perColumn) * size.height) / 3;
    if (count > 0) ctx.fillRect((column * size.width) / grid.columns, 0, size.width / grid.columns, Math.max(2, tall));
  });
}
