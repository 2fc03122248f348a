import type { DiskFrame } from '../../abi/frame.ts';
import type { TracedGap } from '../../abi/traced.ts';
import { type Bytes, SECTOR_BYTES, type Sector } from '../../abi/units.ts';
import type { SeekDefinition } from '../../store/layout.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { drawGaps, NO_GAPS } from '../shared/gaps.ts';
import { diskScale, type LbaScale } from '../shared/lba-scale.ts';
import type { Box } from '../shared/lit.ts';
import type { Look } from '../shared/look.ts';
import { isSeek } from '../shared/seeks.ts';
import { timeAxis } from '../shared/time-axis.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { type Mark, placeLabels } from './labels.ts';

/** Room at the right for the disk itself: wedge, bar, names. */
export const BAR_ROOM = 86;
const BAR_WIDE = 10;
/** Between the bands of two disks. */
const BAND_GAP = 6;
/** A disk that does next to nothing has its name in a row as high as that. */
const QUIET_PX = 18;
/** Of all requests that are shown. */
const QUIET_SHARE = 0.02;

export interface DiskScene {
  /** One band each, from top to bottom. */
  readonly disks: readonly DiskFrame[];
  readonly requests: RequestHistory;
  readonly pageBytes: Bytes;
  readonly atNs: number;
  readonly windowNs: number;
  readonly palette: Look;
  readonly calm: boolean;
  /** The trail joins two requests where going from one to the other counts as a seek. */
  readonly seeks: SeekDefinition;
  /** Where a trace lost events; absent: nowhere. */
  readonly gaps?: readonly TracedGap[];
}

/** A disk's own part of the scene. */
interface Band extends DiskScene {
  readonly disk: DiskFrame;
  readonly at: number;
}

interface BandPlace {
  readonly top: number;
  readonly high: number;
  readonly isQuiet: boolean;
  /** Width of what is drawn over time, and left end of the bar beside it. */
  readonly plot: number;
  readonly bar: number;
}

/** The bands of the disks, from top to bottom: of one height, but for those that are quiet while others are not. */
export function bandsOf({ width, height }: CssSize, scene: BandScene): readonly BandPlace[] {
  const plot = Math.max(40, width - BAR_ROOM);
  const quiet = quietOf(scene);
  const loud = quiet.filter((isQuiet) => !isQuiet).length;
  const room = height - BAND_GAP * (quiet.length - 1) - QUIET_PX * (quiet.length - loud);
  let top = 0;
  return quiet.map((isQuiet) => {
    const band = { top, high: isQuiet ? QUIET_PX : room / loud, isQuiet, plot, bar: plot + 16 };
    top += band.high + BAND_GAP;
    return band;
  });
}

type BandScene = Pick<DiskScene, 'disks' | 'requests' | 'atNs' | 'windowNs'>;

/** Disks with hardly a request in the time that is shown and none in hand; where all are so, none counts as quiet. */
function quietOf({ disks, requests, atNs, windowNs }: BandScene): readonly boolean[] {
  const done = disks.map(() => 0);
  const first = requests.endedBy(atNs - windowNs);
  const last = requests.endedBy(atNs);
  for (let row = first; row < last; row++) done[requests.columns.disk[row]!]!++;
  const quiet = disks.map(
    ({ busy, inDrive, queueSector }, at) =>
      done[at]! <= QUIET_SHARE * (last - first) && !busy && inDrive.length === 0 && queueSector.length === 0,
  );
  return quiet.every((one) => one) ? quiet.map(() => false) : quiet;
}

/** Where a band draws a finished request. */
export function requestBox(
  { columns }: RequestHistory,
  row: number,
  xOf: (ns: number) => number,
  scale: LbaScale,
  pageBytes: Bytes,
): Box {
  const x = xOf(columns.startNs[row]!);
  const tall = thickness((columns.sectors[row]! * SECTOR_BYTES) / pageBytes);
  const y = scale.yOf(columns.sector[row]! + columns.sectors[row]! / 2) - tall / 2;
  return { x, y, wide: Math.max(2, xOf(columns.endNs[row]!) - x), tall };
}

/** Where a band's bar has a queued request. */
export function queuedBox(disk: DiskFrame, at: number, bar: number, scale: LbaScale): Box {
  return { x: bar, y: scale.yOf(disk.queueSector[at]!), wide: BAR_WIDE, tall: 1 };
}

/** LBA over time: where the head went and what it wrote there, now at the right edge, the disk beside it. */
export function drawDisk(ctx: CanvasRenderingContext2D, size: CssSize, scene: DiskScene): void {
  bandsOf(size, scene).forEach((place, at) => {
    ctx.save();
    ctx.translate(0, place.top);
    drawBand(ctx, place, { ...scene, disk: scene.disks[at]!, at });
    ctx.restore();
  });
}

function drawBand(ctx: CanvasRenderingContext2D, { high: height, isQuiet, plot, bar }: BandPlace, band: Band): void {
  const { disk, palette } = band;
  const scale = scaleOf(disk, height);
  ctx.fillStyle = palette.sunken;
  ctx.fillRect(0, 0, plot, height);
  ctx.fillStyle = palette.free;
  for (const { y0, y1 } of scale.files) ctx.fillRect(0, y0, plot, Math.max(1, y1 - y0));
  drawRequests(ctx, plot, scale, band);
  const { xOf } = timeAxis(band.atNs, band.windowNs, plot);
  drawGaps(ctx, { x: 0, y: 0, wide: plot, tall: height }, band.gaps ?? NO_GAPS, xOf, palette);
  if (!isQuiet) drawBar(ctx, bar, height, scale, band);
  if (band.disks.length === 1) return;
  ctx.font = palette.font;
  ctx.textBaseline = 'top';
  // Sizes of requests may stand there too.
  ctx.fillStyle = palette.sunken;
  ctx.fillRect(1, 1, ctx.measureText(disk.name).width + 6, 16);
  ctx.fillStyle = palette.muted;
  ctx.fillText(disk.name, 4, 3);
}

/** Sectors of a disk to the height of its band. */
export const scaleOf = (disk: DiskFrame, high: number): LbaScale => diskScale(disk, high - 2);

function drawRequests(ctx: CanvasRenderingContext2D, plot: number, scale: LbaScale, band: Band): void {
  const { requests, pageBytes, atNs, windowNs, palette, calm, at: disk } = band;
  const { columns } = requests;
  const axis = timeAxis(atNs, windowNs, plot);
  const first = Math.max(0, requests.endedBy(atNs - windowNs) - 1);
  const last = requests.endedBy(atNs);
  ctx.font = palette.monoFont;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'center';
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, plot, 10_000);
  ctx.clip();
  if (!calm) drawPath(ctx, first, last, axis.xOf, scale, band);
  const marks: Mark[] = [];
  for (let row = first; row < last; row++) {
    if (columns.disk[row] !== disk) continue;
    const pages = (columns.sectors[row]! * SECTOR_BYTES) / pageBytes;
    const box = requestBox(requests, row, axis.xOf, scale, pageBytes);
    ctx.fillStyle = columns.write[row] ? palette.writeback : palette.task;
    ctx.fillRect(box.x, box.y, box.wide, box.tall);
    marks.push({ ...box, pages });
  }
  ctx.fillStyle = palette.muted;
  for (const { text, x, y } of placeLabels(ctx, marks, plot)) ctx.fillText(text, x, y);
  ctx.restore();
  ctx.textAlign = 'left';
}

/** One page is a dot of 2 px, a full range of 256 a bar of 10. */
export const thickness = (pages: number): number => 2 + Math.log2(Math.max(1, pages));

function drawPath(
  ctx: CanvasRenderingContext2D,
  first: number,
  last: number,
  xOf: (ns: number) => number,
  scale: LbaScale,
  { requests, palette, seeks, at: disk }: Band,
): void {
  const { columns } = requests;
  ctx.strokeStyle = palette.writeback;
  ctx.globalAlpha = 0.35;
  ctx.lineWidth = 1;
  ctx.beginPath();
  let before: { readonly start: Sector; readonly end: Sector } | undefined;
  for (let row = first; row < last; row++) {
    if (columns.disk[row] !== disk) continue;
    const start = columns.sector[row]!;
    const here = { start, end: start + columns.sectors[row]! };
    const x = xOf(columns.startNs[row]!);
    if (before && isSeek(seeks, before, here)) ctx.lineTo(x, scale.yOf(start));
    else ctx.moveTo(x, scale.yOf(start));
    before = here;
    ctx.lineTo(xOf(columns.endNs[row]!), scale.yOf(here.end));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** A file's place is an outline, where its pages lie is solid: a file in pieces looks like one. */
function drawFiles(
  ctx: CanvasRenderingContext2D,
  left: number,
  { yOf, files }: LbaScale,
  disk: DiskFrame,
  palette: Look,
): void {
  ctx.strokeStyle = palette.freeEdge;
  ctx.lineWidth = 1;
  for (const { y0, y1 } of files) ctx.strokeRect(left + 0.5, y0 + 0.5, BAR_WIDE - 1, Math.max(0, y1 - y0 - 1));
  ctx.fillStyle = palette.task;
  for (const { sector, sectors } of disk.files.flatMap(({ stretches }) => stretches)) {
    const y = yOf(sector);
    ctx.fillRect(left, y, BAR_WIDE, Math.max(1, yOf(sector + sectors) - y));
  }
}

function drawBar(
  ctx: CanvasRenderingContext2D,
  left: number,
  height: number,
  scale: LbaScale,
  { disk, palette }: Band,
): void {
  ctx.fillStyle = palette.sunken;
  ctx.fillRect(left, 0, BAR_WIDE, height);
  ctx.font = palette.font;
  ctx.textBaseline = 'middle';
  let textFrom = 0;
  drawFiles(ctx, left, scale, disk, palette);
  for (const { names, y0, y1 } of scale.files) {
    const y = (y0 + y1) / 2;
    if (y < textFrom) continue;
    ctx.fillStyle = palette.muted;
    const label = names.length > 1 ? `${names.length} files` : (names[0] ?? '');
    ctx.fillText(label, left + BAR_WIDE + 6, Math.max(7, Math.min(height - 7, y)), BAR_ROOM - BAR_WIDE - 24);
    textFrom = y + 14;
  }
  // Queued requests as ticks; what the elevator does with them is the order of their dots later.
  for (let i = 0; i < disk.queueSector.length; i++) {
    ctx.fillStyle = disk.queueWrite[i] ? palette.writeback : palette.text;
    const { x, y, wide, tall } = queuedBox(disk, i, left, scale);
    ctx.fillRect(x, y, wide, tall);
  }
  if (disk.nonrot || Number.isNaN(disk.headSector)) return; // no head stands anywhere, or nobody knows where
  const head = Math.max(5, Math.min(height - 5, scale.yOf(disk.headSector)));
  ctx.fillStyle = disk.busy ? palette.isolated : palette.muted;
  ctx.beginPath();
  ctx.moveTo(left - 2, head);
  ctx.lineTo(left - 11, head - 5);
  ctx.lineTo(left - 11, head + 5);
  ctx.fill();
}
