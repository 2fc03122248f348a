import { MS, type Ns, SECTOR_BYTES, type Sector } from '../../../abi/units.ts';
import type { DeviceDriver, DiskOptions, DiskRequest, DiskState } from '../../machine/block-state.ts';

// A 1 TB, 7200 rpm SATA disk of 2010: model.md R7.10–R7.17. One request at a time, write cache off (R7.16 is not modelled).

/** Where the arm can be: 0 at the outer edge, 1 at the inner. */
export type Stroke = number;

/** Datasheet times in ms: track to track, average, full stroke (R7.11). */
const TRACK_MS = 1;
const AVERAGE_MS = 8.5;
const FULL_MS = 18;
const ROOT_MS = 5 * AVERAGE_MS - (10 / 3) * TRACK_MS - (5 / 3) * FULL_MS;
const LINEAR_MS = (8 / 3) * FULL_MS + (7 / 3) * TRACK_MS - 5 * AVERAGE_MS;
/** A write settles longer before it may begin. */
const WRITE_SETTLE_NS = 1 * MS;
/** Passes before the seek starts, while the platter turns on (R7.14). */
const OVERHEAD_NS = 0.15 * MS;
/** Three turns of a 7200 rpm platter, in whole ns: the angle stays exact for as long as the machine runs. */
const THREE_TURNS_NS = 25 * MS;
const TURN_NS = THREE_TURNS_NS / 3;
const OUTER_BYTES_PER_S = 125e6;
const INNER_BYTES_PER_S = 60e6;
const INTERFACE_NS_PER_SECTOR = (SECTOR_BYTES * 1e9) / 300e6;
const TRACKS_PER_CYLINDER = 4;
/** 256 KiB that the drive reads ahead by itself (R7.15). */
const SEGMENT_SECTORS = 512;

/** Sectors per track at the outer and at the inner edge (R7.13). */
const OUTER_SECTORS = ((OUTER_BYTES_PER_S / SECTOR_BYTES) * TURN_NS) / 1e9;
const INNER_SECTORS = ((INNER_BYTES_PER_S / SECTOR_BYTES) * TURN_NS) / 1e9;

/** Seek time in ms over a distance, as a share of the full stroke: t + B√x + A·x (R7.11). */
export function seekMs(distance: Stroke): number {
  return distance === 0 ? 0 : TRACK_MS + ROOT_MS * Math.sqrt(distance) + LINEAR_MS * distance;
}

const OUTER_SQUARE = OUTER_SECTORS * OUTER_SECTORS;
const SQUARE_SPREAD = OUTER_SQUARE - INNER_SECTORS * INNER_SECTORS;
const SPREAD = OUTER_SECTORS - INNER_SECTORS;

/** Where the arm stands for a share of the disk's capacity: outer tracks hold more (R7.13). */
export function strokeOf(capacityShare: number): Stroke {
  return (OUTER_SECTORS - Math.sqrt(OUTER_SQUARE - SQUARE_SPREAD * capacityShare)) / SPREAD;
}

/** Sustained rate in bytes per second (R7.13). */
export function rateOf(stroke: Stroke): number {
  return OUTER_BYTES_PER_S - (OUTER_BYTES_PER_S - INNER_BYTES_PER_S) * stroke;
}

/** Time for sectors to pass under the head, in turns and then ns: never rounded, the callers do that once. */
export function transferNs(sectors: Sector, stroke: Stroke): number {
  return (sectors * SECTOR_BYTES * 1e9) / rateOf(stroke);
}

const MEAN_SECTORS = (OUTER_SECTORS + INNER_SECTORS) / 2;
function tracksOf(totalSectors: Sector): number {
  return totalSectors / MEAN_SECTORS;
}

function cylinderOf(stroke: Stroke, tracks: number): number {
  return Math.floor((stroke * tracks) / TRACKS_PER_CYLINDER);
}

/** Until sector `stroke` comes round: the angle runs on along the spiral, and is a function of time (R7.12). */
function rotationNs(stroke: Stroke, tracks: number, atNs: Ns): number {
  const turns = stroke * tracks;
  const angle = turns - Math.floor(turns);
  const thirds = atNs * 3; // whole, so that the remainder is exact; cheaper than %
  const platter = (thirds - Math.floor(thirds / THREE_TURNS_NS) * THREE_TURNS_NS) / THREE_TURNS_NS;
  const gap = angle - platter;
  return (gap - Math.floor(gap)) * TURN_NS;
}

/** Overhead, seek, rotation and transfer; answers the whole service time. */
function serveFromMedia(disk: DiskState, request: DiskRequest, nowNs: Ns, totalSectors: Sector): Ns {
  const tracks = tracksOf(totalSectors);
  const stroke = strokeOf(request.sector / totalSectors);
  const from = cylinderOf(strokeOf(disk.headSector / totalSectors), tracks);
  const distance = (Math.abs(cylinderOf(stroke, tracks) - from) * TRACKS_PER_CYLINDER) / tracks;
  const settleNs = request.write && distance > 0 ? WRITE_SETTLE_NS : 0;
  disk.seekNs = Math.round(seekMs(distance) * MS) + settleNs;
  disk.rotateNs = Math.round(rotationNs(stroke, tracks, nowNs + OVERHEAD_NS + disk.seekNs));
  disk.transferNs = Math.round(transferNs(request.sectors, stroke));
  return OVERHEAD_NS + disk.seekNs + disk.rotateNs + disk.transferNs;
}

function noteReadAhead(disk: DiskState, from: Sector, atNs: Ns, to: Sector): void {
  disk.readSegmentStart = from;
  disk.readSegmentEnd = to;
  disk.readSegmentNs = atNs;
}

/** Answers a read that begins in the track buffer; 0 when it does not (R7.15). */
function serveFromBuffer(disk: DiskState, request: DiskRequest, nowNs: Ns, totalSectors: Sector): Ns {
  const { readSegmentStart: first, readSegmentEnd: last, readSegmentNs: firstNs } = disk;
  const end = request.sector + request.sectors;
  if (request.write || first < 0 || request.sector < first || request.sector > last) return 0;
  const stroke = strokeOf(request.sector / totalSectors);
  const commandNs = nowNs + OVERHEAD_NS;
  const wireNs = Math.round(request.sectors * INTERFACE_NS_PER_SECTOR);
  const isReadingOn = commandNs <= firstNs + transferNs(last - first, stroke);
  if (!isReadingOn && end > last) return 0; // the head has left the track: the media has to be found again
  const endNs = firstNs + Math.round(transferNs(end - first, stroke));
  const doneNs = Math.max(commandNs + wireNs, endNs);
  disk.seekNs = 0;
  disk.rotateNs = 0;
  disk.transferNs = doneNs - commandNs;
  noteReadAhead(disk, end, endNs, isReadingOn ? end + SEGMENT_SECTORS : last);
  return doneNs - nowNs;
}

export const hdd7200: DeviceDriver = {
  id: 'hdd-7200',
  label: '1 TB, 7200 rpm, write cache off',
  source: 'model.md R7.10–R7.17: Ruemmler and Wilkes 1994, fitted to a 2010 datasheet',
  serve(disk: DiskState, request: DiskRequest, nowNs: Ns, { totalSectors, trackBuffer }: DiskOptions): Ns {
    const end = request.sector + request.sectors;
    const bufferedNs = trackBuffer ? serveFromBuffer(disk, request, nowNs, totalSectors) : 0;
    const serviceNs = bufferedNs > 0 ? bufferedNs : serveFromMedia(disk, request, nowNs, totalSectors);
    if (request.write || !trackBuffer) noteReadAhead(disk, -1, 0, -1);
    else if (bufferedNs === 0) noteReadAhead(disk, end, nowNs + serviceNs, end + SEGMENT_SECTORS);
    disk.headSector = end;
    return serviceNs;
  },
};
