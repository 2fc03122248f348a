import { type MapFrame, MIGRATE_TYPES } from '../../abi/look.ts';
import { boxOf } from '../shared/cell-grid.ts';
import { group } from '../shared/format.ts';
import { type Box, type Lit, outline, veil } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { blockState } from './blocks.ts';
import type { Band } from './layout.ts';

const LINE_TOP = -4;

/** What lies over the pages of a band: free blocks, borders and types of the pageblocks, candidates for a huge page. */
export function drawBlocks(ctx: CanvasRenderingContext2D, map: MapFrame, band: Band, palette: Look): void {
  ctx.save();
  ctx.translate(0, band.top);
  drawFree(ctx, map, band, palette);
  drawBorders(ctx, band, palette);
  drawTypes(ctx, map, band, palette);
  drawCandidates(ctx, map, band, palette);
  ctx.restore();
}

/** Smaller ones are one colour with their frame. */
const FRAMED_PX = 3;

/** Each free block of the buddy allocator framed, with its order where there is room. */
function drawFree(ctx: CanvasRenderingContext2D, map: MapFrame, band: Band, palette: Look): void {
  if (band.grid.mode === 'shares') return;
  ctx.font = palette.font;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 1;
  for (const [at, first] of map.freeAt.entries()) {
    const order = map.freeOrder[at]!;
    const from = Math.max(0, first - band.from);
    const to = Math.min(band.pages, first + 2 ** order - band.from);
    if (to <= from) continue;
    const { x, y, wide, tall } = spanOf(from, to, band);
    if (Math.min(wide, tall) < FRAMED_PX) continue;
    ctx.fillStyle = palette.free;
    ctx.fillRect(x, y, wide, tall);
    ctx.strokeStyle = palette.freeEdge;
    ctx.strokeRect(x + 0.5, y + 0.5, wide - 1, tall - 1);
    if (ctx.measureText(String(order)).width + 4 > wide || tall < 15) continue;
    ctx.fillStyle = palette.text;
    ctx.fillText(String(order), x + wide / 2, y + tall / 2);
  }
  ctx.textAlign = 'left';
}

/** The rectangle of a free block: part of a column, or whole columns. */
function spanOf(from: number, to: number, { grid, size }: Band): Box {
  const first = boxOf(from, grid, size);
  const last = boxOf(to - 1, grid, size);
  return { x: first.x, y: first.y, wide: last.x + last.wide - first.x, tall: last.y + last.tall - first.y };
}

function drawBorders(ctx: CanvasRenderingContext2D, { blocks, blockPx, size }: Band, palette: Look): void {
  if (blockPx < 4) return;
  ctx.fillStyle = palette.ground;
  for (let block = 1; block < blocks; block++) ctx.fillRect(block * blockPx - 0.75, 0, 1.5, size.height);
}

/** Between two words in a line. */
const WORD_GAP_PX = 3;

/** Dashes and gaps of a type's line, in px: told apart without colour. */
const PATTERNS = { Unmovable: [3, 0], Reclaimable: [7, 3], Movable: [1, 0], Reserve: [2, 3] } as const;

/** A line over the pageblocks of one type, and its name where there is room. */
function drawTypes(ctx: CanvasRenderingContext2D, { types }: MapFrame, band: Band, palette: Look): void {
  ctx.font = palette.font;
  ctx.textBaseline = 'bottom';
  for (let at = 0; at < band.blocks; ) {
    const type = types[band.block + at]!;
    const first = at;
    while (at < band.blocks && types[band.block + at] === type) at++;
    const name = MIGRATE_TYPES[type]!;
    const x = first * band.blockPx;
    const wide = (at - first) * band.blockPx - 2;
    drawLine(ctx, name, x, wide, palette);
    const words = [name, name.slice(0, 3)].find((word) => ctx.measureText(word).width + WORD_GAP_PX <= wide);
    ctx.fillStyle = palette.muted;
    if (words) ctx.fillText(words, x, LINE_TOP - 1);
  }
}

function drawLine(
  ctx: CanvasRenderingContext2D,
  name: (typeof MIGRATE_TYPES)[number],
  x: number,
  wide: number,
  palette: Look,
): void {
  const [dash, gap] = PATTERNS[name];
  ctx.fillStyle = palette.muted;
  if (gap === 0) {
    ctx.fillRect(x, LINE_TOP, wide, dash);
    return;
  }
  for (let from = 0; from < wide; from += dash + gap) ctx.fillRect(x + from, LINE_TOP, Math.min(dash, wide - from), 3);
}

const GAUGE_TOP = 3;
const GAUGE_PX = 4;

/** Below a pageblock that may become a huge page: how much of it is free, and how many pages that lacks. */
function drawCandidates(ctx: CanvasRenderingContext2D, map: MapFrame, band: Band, palette: Look): void {
  const pages = 2 ** map.pageblockOrder;
  const wide = Math.max(1, band.blockPx - 2);
  const top = band.size.height + GAUGE_TOP;
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  let freeFrom = 0;
  for (let at = 0; at < band.blocks; at++) {
    const state = blockState(map, band.block + at);
    if (state.kind === 'held') continue;
    const x = at * band.blockPx;
    ctx.fillStyle = palette.line;
    ctx.fillRect(x, top, wide, GAUGE_PX);
    ctx.fillStyle = palette.text;
    const share = state.kind === 'huge' ? 1 : 1 - state.lacks / pages;
    ctx.fillRect(x, top, wide * share, GAUGE_PX);
    // All of it or nothing: the bar says so.
    if (state.kind === 'candidate' && (share === 0 || share === 1)) continue;
    const words = state.kind === 'huge' ? 'got' : group(state.lacks);
    const room = ctx.measureText(words).width;
    if (x < freeFrom || room > band.blockPx) continue;
    freeFrom = x + room + WORD_GAP_PX;
    ctx.fillStyle = state.kind === 'huge' ? palette.text : palette.muted;
    ctx.fillText(words, x, top + GAUGE_PX + 1);
  }
}

/** Room below a bar for nr_free and for the order. */
const BUDDY_TEXT_PX = 30;
export const BUDDY_PX = 22 + BUDDY_TEXT_PX;
const NAMES_PX = 50;

/** /proc/buddyinfo: nr_free per order, and what share of the free pages these blocks are. */
export function drawBuddy(
  ctx: CanvasRenderingContext2D,
  { width }: { readonly width: number },
  freeBlocks: readonly number[],
  palette: Look,
): void {
  const free = freeBlocks.reduce((sum, blocks, order) => sum + blocks * 2 ** order, 0);
  const step = (width - NAMES_PX) / freeBlocks.length;
  const foot = BUDDY_PX - BUDDY_TEXT_PX;
  ctx.textBaseline = 'top';
  ctx.font = palette.font;
  ctx.fillStyle = palette.muted;
  ctx.fillText('nr_free', 0, foot + 2);
  ctx.fillText('order', 0, foot + 16);
  ctx.textAlign = 'right';
  freeBlocks.forEach((blocks, order) => {
    const x = NAMES_PX + order * step;
    const tall = (foot * blocks * 2 ** order) / Math.max(1, free);
    ctx.fillStyle = palette.free;
    ctx.fillRect(x + 3, 0, step - 3, foot);
    ctx.fillStyle = palette.text;
    if (blocks > 0) ctx.fillRect(x + 3, foot - Math.max(1, tall), step - 3, Math.max(1, tall));
    ctx.fillText(String(blocks), x + step, foot + 2);
    ctx.fillStyle = palette.muted;
    ctx.fillText(String(order), x + step, foot + 16);
  });
  ctx.textAlign = 'left';
}

/** What is lit stands out of the pages of a band; a page is framed. */
export function markBand(ctx: CanvasRenderingContext2D, band: Band, lit: readonly Lit[], palette: Look): void {
  ctx.save();
  ctx.translate(0, band.top);
  for (const { found } of lit)
    if (found?.map) veil(ctx, band.size, band.grid, found.map.subarray(band.from, band.from + band.pages), palette);
  for (const { found, isPinned } of lit) {
    const at = (found?.page?.pfn ?? -1) - band.from;
    if (at >= 0 && at < band.pages) outline(ctx, boxOf(at, band.grid, band.size), palette, isPinned);
  }
  ctx.restore();
}
