import type { DiskFrame, MachineFrame, TaskFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { type Lit, outline } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import {
  BARS_PX,
  type Bar,
  barsOf,
  DISK_PX,
  disksOf,
  FILES_PX,
  HEAD_PX,
  hasPool,
  LETTERS_PX,
  PICTURE_PX,
  POOL_ROW_PX,
  POOL_WORDS_PX,
  scaleOf,
} from './layout.ts';

/** get_request(): where a class becomes congested and stops being it, where it is full, where even batchers wait (R7.5). */
export const POOL_MARKS = { off: 103, on: 113, full: 128, cap: 192 } as const;

type Disks = Pick<MachineFrame, 'disk' | 'moreDisks' | 'nowNs' | 'tasks'>;

/** Every disk's queue by sector: where a request lies, how large it is, how old, and whose. */
export function drawQueues(ctx: CanvasRenderingContext2D, { width }: CssSize, frame: Disks, palette: Look): void {
  disksOf(frame).forEach((disk, row) => {
    ctx.save();
    ctx.translate(0, row * DISK_PX + HEAD_PX);
    drawGround(ctx, width, disk, palette);
    const bars = barsOf(disk, frame.nowNs, width);
    for (const bar of bars) drawRequest(ctx, bar, palette);
    drawLetters(ctx, width, bars, frame.tasks, palette);
    if (!disk.nonrot && !Number.isNaN(disk.headSector))
      drawHead(ctx, scaleOf(disk, width).yOf(disk.headSector), width, disk.busy, palette);
    ctx.translate(0, PICTURE_PX);
    if (hasPool(disk)) drawPool(ctx, width, disk, palette);
    ctx.restore();
  });
}

/** Where files lie it is lighter; they are named where there is room. */
function drawGround(ctx: CanvasRenderingContext2D, width: number, disk: DiskFrame, palette: Look): void {
  const { yOf } = scaleOf(disk, width);
  ctx.fillStyle = palette.sunken;
  ctx.fillRect(0, LETTERS_PX, width, BARS_PX);
  ctx.font = palette.font;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  let freeFrom = 0;
  for (const { name, startSector, placeSectors } of disk.files) {
    const from = yOf(startSector);
    const wide = yOf(startSector + placeSectors) - from;
    ctx.fillStyle = palette.free;
    ctx.fillRect(from, LETTERS_PX, Math.max(1, wide - 1), BARS_PX);
    const room = ctx.measureText(name).width;
    const left = Math.max(0, from + (wide - room) / 2);
    if (left < freeFrom || left + room > width || room > wide + NAME_BEYOND_PX) continue;
    ctx.fillStyle = palette.muted;
    ctx.fillText(name, left, LETTERS_PX + BARS_PX + FILES_PX);
    freeFrom = left + room + 6;
  }
}
/** A name may be this much wider than its file. */
const NAME_BEYOND_PX = 12;

/** Writes are solid, reads hollow. What the drive has in hand is as tall as the row, and framed. */
function drawRequest(ctx: CanvasRenderingContext2D, { x, wide, tall, isWrite, startNs }: Bar, palette: Look): void {
  const inDrive = startNs >= 0;
  const high = inDrive ? BARS_PX : tall;
  const y = LETTERS_PX + BARS_PX - high;
  if (isWrite) {
    ctx.fillStyle = palette.writeback;
    // A line of ground apart, or neighbours would be one.
    ctx.fillRect(x, y, wide > 3 ? wide - 1 : wide - 0.5, high);
  } else {
    ctx.strokeStyle = palette.text;
    ctx.lineWidth = 1;
    ctx.strokeRect(x + 0.5, y + 0.5, wide - 1, high - 1);
  }
  if (!inDrive) return;
  ctx.strokeStyle = palette.isolated;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(x - 2, y - 1, wide + 3, high + 2);
}

/** Who submitted: the oldest have their letter first, neighbours of one task share it. */
function drawLetters(
  ctx: CanvasRenderingContext2D,
  width: number,
  bars: readonly Bar[],
  tasks: readonly Pick<TaskFrame, 'id' | 'letter'>[],
  palette: Look,
): void {
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  const taken: { readonly from: number; readonly to: number }[] = [];
  const inOrder = [...bars].sort((a, b) => Number(b.startNs >= 0) - Number(a.startNs >= 0) || b.ageNs - a.ageNs);
  for (const { x, wide, task, startNs } of inOrder) {
    const letter = tasks.find(({ id }) => id === task)?.letter;
    if (!letter) continue;
    const room = ctx.measureText(letter).width;
    const from = Math.max(0, Math.min(width - room, x + wide / 2 - room / 2));
    if (taken.some((other) => from < other.to + 3 && from + room > other.from - 3)) continue;
    taken.push({ from, to: from + room });
    ctx.fillStyle = startNs >= 0 ? palette.text : palette.muted;
    ctx.fillText(letter, from, 0);
  }
}

/** The wedge of the disk's picture, pointing at the axis from below. */
function drawHead(ctx: CanvasRenderingContext2D, at: number, width: number, busy: boolean, palette: Look): void {
  const x = Math.max(4, Math.min(width - 4, at));
  const axis = LETTERS_PX + BARS_PX + 1;
  ctx.fillStyle = busy ? palette.isolated : palette.muted;
  ctx.beginPath();
  ctx.moveTo(x, axis);
  ctx.lineTo(x - 4, axis + 6);
  ctx.lineTo(x + 4, axis + 6);
  ctx.fill();
}

const POOL_BAR_PX = 6;
const POOL_BAR_TOP = 4;
const BY_CLASS = ['async', 'sync'] as const;

/** What the pool has lent of each class, on a scale up to what it ever lends, with the marks of get_request(). */
function drawPool(
  ctx: CanvasRenderingContext2D,
  width: number,
  { lent, congested }: Pick<DiskFrame, 'lent' | 'congested'>,
  palette: Look,
): void {
  const left = POOL_WORDS_PX;
  const xOf = (requests: number) => left + (requests / POOL_MARKS.cap) * (width - left - 2);
  BY_CLASS.forEach((cls, row) => {
    const y = row * POOL_ROW_PX + POOL_BAR_TOP;
    ctx.fillStyle = palette.free;
    ctx.fillRect(left, y, xOf(POOL_MARKS.cap) - left, POOL_BAR_PX);
    ctx.fillStyle = cls === 'async' ? palette.writeback : palette.text;
    ctx.fillRect(left, y, xOf(lent[cls]) - left, POOL_BAR_PX);
    if (!congested[cls]) return;
    // Between the marks it depends on the way there: a congested class has a line along its bar.
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(left, y + POOL_BAR_PX + 1, xOf(POOL_MARKS.on) - left, 1.5);
  });
  drawMarks(ctx, xOf, palette);
}

function drawMarks(ctx: CanvasRenderingContext2D, xOf: (requests: number) => number, palette: Look): void {
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  let freeFrom = 0;
  for (const mark of Object.values(POOL_MARKS)) {
    const x = xOf(mark);
    ctx.fillStyle = palette.isolated;
    ctx.fillRect(x - 0.75, 0, 1.5, 2 * POOL_ROW_PX - 1);
    // Off and on lie too close for names below them: theirs stand to either side.
    const wide = ctx.measureText(String(mark)).width;
    const from = mark === POOL_MARKS.off || mark === POOL_MARKS.cap ? x + 1 - wide : x - 1;
    if (from < freeFrom) continue;
    ctx.fillStyle = palette.muted;
    ctx.fillText(String(mark), from, 2 * POOL_ROW_PX);
    freeFrom = from + wide + 2;
  }
}

/** Frames the requests that are lit; of a lit thread all that it has here. */
export function markQueues(
  ctx: CanvasRenderingContext2D,
  { width }: CssSize,
  frame: Disks,
  machine: MachineId,
  lit: readonly Lit[],
  palette: Look,
): void {
  disksOf(frame).forEach((disk, row) => {
    const foot = row * DISK_PX + HEAD_PX + LETTERS_PX + BARS_PX;
    for (const bar of barsOf(disk, frame.nowNs, width))
      for (const { thing, isPinned } of lit)
        if (isLit(bar, thing, row, machine))
          outline(ctx, { x: bar.x, y: foot - bar.tall, wide: bar.wide, tall: bar.tall }, palette, isPinned);
  });
}

/** A request may have grown since it was named, or gone to the drive. */
function isLit({ sector, sectors, task }: Bar, thing: Thing, disk: number, machine: MachineId): boolean {
  if (thing.kind === 'task') return thing.id === task;
  if (thing.kind !== 'request' || thing.machine !== machine || thing.disk !== disk) return false;
  return sector < thing.sector + thing.sectors && thing.sector < sector + sectors;
}
