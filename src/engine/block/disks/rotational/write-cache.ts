import type { Ns, Sector } from '../../../../abi/units.ts';
import type { DiskState } from '../../../machine/disk.ts';
import type { Geometry } from './geometry.ts';

// The drive's own memory for writes (R7.16). What it holds are runs of sectors that do not touch, ascending; the mechanism
// takes from them whatever it can reach soonest, whenever no request keeps it busy.

/** The mechanism writes at most so much at once, so that a read need not wait for a whole stream: 512 KiB, assumed. */
const DESTAGE_SECTORS = 1024;

/** The mechanism goes on; what it begins before `untilNs` it also ends. */
export function destageUntil(geometry: Geometry, disk: DiskState, untilNs: Ns, totalSectors: Sector): void {
  while (disk.cacheStart.length > 0 && disk.mechanismFreeNs < untilNs) destageNearest(geometry, disk, totalSectors);
  if (disk.mechanismFreeNs <= untilNs) disk.destagingSectors = 0;
}

/** Goes on until no more than `most` sectors are held; answers when that is, 0 if it is so already. */
export function destageUntilRoom(geometry: Geometry, disk: DiskState, most: Sector, totalSectors: Sector): Ns {
  let roomNs = 0;
  while (disk.cachedSectors + disk.destagingSectors > most) {
    roomNs = disk.mechanismFreeNs;
    if (disk.destagingSectors > 0) disk.destagingSectors = 0;
    else destageNearest(geometry, disk, totalSectors);
  }
  return roomNs;
}

/** The run with the shortest positioning time: none at all if it goes on where the mechanism has stopped just now. */
function destageNearest(geometry: Geometry, disk: DiskState, totalSectors: Sector): void {
  const { cacheStart, mechanismFreeNs, headSector } = disk;
  const goesOn = mechanismFreeNs === disk.destagedNs;
  const tracks = geometry.tracksOf(totalSectors);
  const here = geometry.strokeOf(headSector / totalSectors);
  let nearest = 0;
  let seekNs = 0;
  let rotateNs = Infinity;
  for (let at = 0; at < cacheStart.length; at++) {
    const start = cacheStart[at]!;
    const stroke = geometry.strokeOf(start / totalSectors);
    const seek = geometry.seekNs(geometry.distance(here, stroke, tracks), true);
    if (seek >= seekNs + rotateNs) continue;
    const rotate = goesOn && start === headSector ? 0 : geometry.rotationNs(stroke, tracks, mechanismFreeNs + seek);
    if (seek + rotate >= seekNs + rotateNs) continue;
    nearest = at;
    seekNs = seek;
    rotateNs = rotate;
  }
  write(geometry, disk, nearest, seekNs, rotateNs, totalSectors);
}

function write(geometry: Geometry, disk: DiskState, at: number, seekNs: Ns, rotateNs: Ns, totalSectors: Sector): void {
  const start = disk.cacheStart[at]!;
  const end = Math.min(disk.cacheEnd[at]!, start + DESTAGE_SECTORS);
  const transferNs = Math.round(geometry.transferNs(end - start, geometry.strokeOf(start / totalSectors)));
  forgetCached(disk, start, end);
  disk.destagingSectors = end - start;
  disk.headSector = end;
  disk.mechanismFreeNs += seekNs + rotateNs + transferNs;
  disk.destagedNs = disk.mechanismFreeNs;
  disk.destageSeekNs += seekNs;
  disk.destageRotateNs += rotateNs;
  disk.destageTransferNs += transferNs;
  disk.readSegmentStart = -1; // the head has left the track that it was reading ahead
  disk.readSegmentEnd = -1;
}

/** Takes in start … end, for which there is room; the mechanism may begin with it at `atNs`. */
export function keep(disk: DiskState, start: Sector, end: Sector, atNs: Ns): void {
  const { cacheStart, cacheEnd } = disk;
  if (cacheStart.length === 0) disk.mechanismFreeNs = Math.max(disk.mechanismFreeNs, atNs);
  const at = firstEndingAfter(disk, start - 1);
  const joinsBelow = at < cacheStart.length && cacheEnd[at] === start;
  const above = joinsBelow ? at + 1 : at;
  const joinsAbove = above < cacheStart.length && cacheStart[above] === end;
  const from = joinsBelow ? cacheStart[at]! : start;
  const to = joinsAbove ? cacheEnd[above]! : end;
  const replaced = (joinsBelow ? 1 : 0) + (joinsAbove ? 1 : 0);
  cacheStart.splice(at, replaced, from);
  cacheEnd.splice(at, replaced, to);
  disk.cachedSectors += end - start;
}

/** Start … end is on the platter, or about to be written anew: no run covers it any more. */
export function forgetCached(disk: DiskState, start: Sector, end: Sector): void {
  const { cacheStart, cacheEnd } = disk;
  const first = firstEndingAfter(disk, start);
  let next = first;
  const restStart: Sector[] = [];
  const restEnd: Sector[] = [];
  for (; next < cacheStart.length && cacheStart[next]! < end; next++) {
    disk.cachedSectors -= Math.min(end, cacheEnd[next]!) - Math.max(start, cacheStart[next]!);
    if (cacheStart[next]! < start) {
      restStart.push(cacheStart[next]!);
      restEnd.push(start);
    }
    if (cacheEnd[next]! > end) {
      restStart.push(end);
      restEnd.push(cacheEnd[next]!);
    }
  }
  if (next === first) return;
  cacheStart.splice(first, next - first, ...restStart);
  cacheEnd.splice(first, next - first, ...restEnd);
}

/** All of start … end is in the cache. */
export function holds(disk: DiskState, start: Sector, end: Sector): boolean {
  const at = firstEndingAfter(disk, start);
  return at < disk.cacheStart.length && disk.cacheStart[at]! <= start && disk.cacheEnd[at]! >= end;
}

/** The first run that ends after a sector: runs lie in order. */
function firstEndingAfter(disk: DiskState, sector: Sector): number {
  const { cacheEnd } = disk;
  let low = 0;
  let high = cacheEnd.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cacheEnd[middle]! <= sector) low = middle + 1;
    else high = middle;
  }
  return low;
}
