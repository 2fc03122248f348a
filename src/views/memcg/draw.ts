import type { MachineFrame, MemcgFrame } from '../../abi/frame.ts';
import type { ListFrame } from '../../abi/look.ts';
import { hatch } from '../shared/hatch.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { drawMemcg, scaleOf } from '../shared/memcg-meter.ts';
import { BAR_HIGH, BAR_TOP } from '../shared/meter.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import {
  BARS_PX,
  GROUP_LISTS,
  GROUP_PX,
  HEAD_PX,
  INDENT_PX,
  LABELS_PX,
  type Row,
  rowsOf,
  TANK_PX,
  ZONE_BAR_PX,
  zoneShares,
} from './layout.ts';

const LIST_BAR_PX = 6;
const LIST_GAP_PX = 8;
const UNEVICTABLE = 4;

type Groups = Pick<MachineFrame, 'memcgs' | 'memory' | 'listPages'>;

/**
 * Each group's usage in its limit and its five lists, and below them the zone's inactive file list shared out among the
 * groups. `showsDirty`: the kernel tells of a group's dirty pages; where it does not, what it could not see is hatched.
 */
export function drawGroups(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  frame: Groups,
  showsDirty: boolean,
  palette: Look,
): void {
  const { memcgs, memory } = frame;
  const rows = rowsOf(memcgs);
  const full = scaleOf(memcgs, memory.totalPages);
  const deepest = rows.reduce((most, { depth }) => Math.max(most, depth), 0) * INDENT_PX;
  rows.forEach((row, at) => {
    const left = row.depth * INDENT_PX;
    ctx.save();
    ctx.translate(left, at * GROUP_PX + HEAD_PX);
    drawMemcg(ctx, { width: width - deepest, height: TANK_PX }, row.memcg, full, palette);
    if (!showsDirty) hatchUnseen(ctx, row.memcg, (width - deepest) / (full * 1.01), palette);
    ctx.restore();
    drawLists(ctx, width, at, row, full, showsDirty, palette);
  });
  drawZone(ctx, width, rows.length * GROUP_PX + HEAD_PX, frame, palette);
}

function hatchUnseen(ctx: CanvasRenderingContext2D, memcg: MemcgFrame, pxPerPage: number, palette: Look): void {
  const from = (memcg.anonPages + memcg.cleanPages) * pxPerPage;
  const wide = (memcg.dirtyPages + memcg.writebackPages) * pxPerPage;
  hatch(ctx, { x: from, y: BAR_TOP, wide, tall: BAR_HIGH }, palette.ground);
}

/** On the scale of the tank, a fifth as wide. */
function drawLists(
  ctx: CanvasRenderingContext2D,
  width: number,
  at: number,
  { memcg, depth }: Row,
  full: number,
  showsDirty: boolean,
  palette: Look,
): void {
  const y = at * GROUP_PX + HEAD_PX + TANK_PX;
  const indent = depth * INDENT_PX;
  const step = (width - indent + LIST_GAP_PX) / GROUP_LISTS;
  const wide = step - LIST_GAP_PX;
  memcg.lists?.slice(0, GROUP_LISTS).forEach((list, row) => {
    const x = indent + row * step;
    ctx.fillStyle = palette.free;
    ctx.fillRect(x, y, wide, LIST_BAR_PX);
    let from = x;
    for (const [pages, colour, isUnseen] of partsOf(list, row, palette)) {
      if (pages === 0) continue;
      // One page is seen too.
      const part = Math.max(1, (pages / full) * wide);
      ctx.fillStyle = colour;
      ctx.fillRect(from, y, part, LIST_BAR_PX);
      if (isUnseen && !showsDirty) hatch(ctx, { x: from, y, wide: part, tall: LIST_BAR_PX }, palette.ground);
      from += part;
    }
  });
}

function partsOf({ pages, dirtyPages, writebackPages }: ListFrame, row: number, palette: Look) {
  return [
    [pages - dirtyPages - writebackPages, row === UNEVICTABLE ? palette.unevictable : palette.clean, false],
    [dirtyPages, palette.dirty, true],
    [writebackPages, palette.writeback, true],
  ] as const;
}

/** A page of a group is on two lists at once; here is the zone's, in the order of the words above it. */
function drawZone(ctx: CanvasRenderingContext2D, width: number, y: number, frame: Groups, palette: Look): void {
  const shares = zoneShares(frame);
  const pages = shares.reduce((sum, share) => sum + share.pages, 0);
  ctx.fillStyle = palette.free;
  ctx.fillRect(0, y, width, ZONE_BAR_PX);
  let x = 0;
  for (const share of shares) {
    const wide = (share.pages / Math.max(1, pages)) * width;
    ctx.fillStyle = share.name === '' ? palette.task : palette.memcg;
    if (wide > 0) ctx.fillRect(x, y, Math.max(1, wide - 1), ZONE_BAR_PX);
    x += wide;
  }
}

/** Frames the groups that are lit. */
export function markGroups(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  { memcgs }: Pick<MachineFrame, 'memcgs'>,
  lit: readonly Lit[],
  palette: Look,
): void {
  const rows = rowsOf(memcgs);
  for (const { thing, isPinned } of lit) {
    const at = thing.kind === 'memcg' ? rows.findIndex(({ memcg }) => memcg.name === thing.name) : -1;
    if (at < 0) continue;
    const left = rows[at]!.depth * INDENT_PX;
    const y = at * GROUP_PX + HEAD_PX - 1;
    outline(
      ctx,
      { x: left + 3, y, wide: width - left - 6, tall: GROUP_PX - HEAD_PX - LABELS_PX + BARS_PX - 8 },
      palette,
      isPinned,
    );
  }
}
