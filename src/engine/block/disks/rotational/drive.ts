import { MS, type Ns, SECTOR_BYTES, type Sector } from '../../../../abi/units.ts';
import type { DeviceDriver, DiskOptions, DiskRequest, DiskState } from '../../../machine/disk.ts';
import { type Figures, Geometry } from './geometry.ts';
import { destageUntil, destageUntilRoom, forgetCached, holds, keep } from './write-cache.ts';

// A disk that turns: model.md R7.10–R7.17. One request at a time; track buffer and write cache are options.

/** Passes before the seek starts, while the platter turns on (R7.14). */
const OVERHEAD_NS = 0.15 * MS;
const INTERFACE_NS_PER_SECTOR = (SECTOR_BYTES * 1e9) / 300e6;
/** 256 KiB that the drive reads ahead by itself (R7.15). */
const SEGMENT_SECTORS = 512;

/** A driver out of a datasheet. */
export function drive(name: Pick<DeviceDriver, 'id' | 'label' | 'source'>, figures: Figures): DeviceDriver {
  const geometry = new Geometry(figures);
  return {
    ...name,
    nonrot: false,
    channels: 1,
    serve: (disk, request, nowNs, options) => {
      if (disk.cachedSectors > 0 || options.writeCacheSectors > 0) {
        destageUntil(geometry, disk, nowNs, options.totalSectors);
        const fromCache = serveFromCache(geometry, disk, request, nowNs, options);
        if (fromCache > 0) return fromCache;
      }
      return serveFromDisk(geometry, disk, request, nowNs, options);
    },
    goOn: (disk, nowNs, { totalSectors }) => {
      destageUntil(geometry, disk, nowNs + 1, totalSectors); // nobody has asked for anything at this instant
      return disk.cachedSectors > 0 ? disk.mechanismFreeNs : Infinity;
    },
  };
}

/** The track buffer, or the platters. */
function serveFromDisk(
  geometry: Geometry,
  disk: DiskState,
  request: DiskRequest,
  nowNs: Ns,
  { totalSectors, trackBuffer }: DiskOptions,
): Ns {
  const end = request.sector + request.sectors;
  const bufferedNs = trackBuffer ? serveFromBuffer(geometry, disk, request, nowNs, totalSectors) : 0;
  const serviceNs = bufferedNs > 0 ? bufferedNs : serveFromMedia(geometry, disk, request, nowNs, totalSectors);
  if (request.write || !trackBuffer) noteReadAhead(disk, -1, 0, -1);
  else if (bufferedNs === 0) noteReadAhead(disk, end, nowNs + serviceNs, end + SEGMENT_SECTORS);
  disk.headSector = end;
  disk.mechanismFreeNs = nowNs + serviceNs;
  return serviceNs;
}

/** Overhead, seek, rotation and transfer; answers the whole service time. What the mechanism has begun it finishes first. */
function serveFromMedia(geometry: Geometry, disk: DiskState, request: DiskRequest, nowNs: Ns, total: Sector): Ns {
  const tracks = geometry.tracksOf(total);
  const stroke = geometry.strokeOf(request.sector / total);
  const distance = geometry.distance(geometry.strokeOf(disk.headSector / total), stroke, tracks);
  const beginNs = Math.max(nowNs + OVERHEAD_NS, disk.mechanismFreeNs);
  disk.seekNs = geometry.seekNs(distance, request.write);
  disk.rotateNs = geometry.rotationNs(stroke, tracks, beginNs + disk.seekNs);
  disk.transferNs = Math.round(geometry.transferNs(request.sectors, stroke));
  return beginNs - nowNs + disk.seekNs + disk.rotateNs + disk.transferNs;
}

function noteReadAhead(disk: DiskState, from: Sector, atNs: Ns, to: Sector): void {
  disk.readSegmentStart = from;
  disk.readSegmentEnd = to;
  disk.readSegmentNs = atNs;
}

/** Answers a read that begins in the track buffer; 0 when it does not (R7.15). */
function serveFromBuffer(geometry: Geometry, disk: DiskState, request: DiskRequest, nowNs: Ns, total: Sector): Ns {
  const { readSegmentStart: first, readSegmentEnd: last, readSegmentNs: firstNs } = disk;
  const end = request.sector + request.sectors;
  if (request.write || first < 0 || request.sector < first || request.sector > last) return 0;
  const stroke = geometry.strokeOf(request.sector / total);
  const commandNs = nowNs + OVERHEAD_NS;
  const isReadingOn = commandNs <= firstNs + geometry.transferNs(last - first, stroke);
  if (!isReadingOn && end > last) return 0; // the head has left the track: the media has to be found again
  const endNs = firstNs + Math.round(geometry.transferNs(end - first, stroke));
  const doneNs = Math.max(commandNs + wireNs(request.sectors), endNs);
  disk.seekNs = 0;
  disk.rotateNs = 0;
  disk.transferNs = doneNs - commandNs;
  noteReadAhead(disk, end, endNs, isReadingOn ? end + SEGMENT_SECTORS : last);
  return doneNs - nowNs;
}

/**
 * Answers a write for which the cache has room, or will have it; and a read of what it holds. 0 for all else (R7.16).
 * A drive with its cache turned off still empties it.
 */
function serveFromCache(
  geometry: Geometry,
  disk: DiskState,
  { write, sector, sectors }: DiskRequest,
  nowNs: Ns,
  { totalSectors, writeCacheSectors }: DiskOptions,
): Ns {
  const end = sector + sectors;
  if (!write && !holds(disk, sector, end)) return 0;
  if (write) forgetCached(disk, sector, end);
  if (write && writeCacheSectors < sectors) return 0;
  const roomNs = write ? destageUntilRoom(geometry, disk, writeCacheSectors - sectors, totalSectors) : 0;
  const beginNs = Math.max(nowNs + OVERHEAD_NS, roomNs);
  const doneNs = beginNs + wireNs(sectors);
  disk.seekNs = 0;
  disk.rotateNs = 0;
  disk.transferNs = doneNs - beginNs;
  if (write) {
    destageUntil(geometry, disk, doneNs, totalSectors);
    keep(disk, sector, end, doneNs);
  }
  return doneNs - nowNs;
}

function wireNs(sectors: Sector): Ns {
  return Math.round(sectors * INTERFACE_NS_PER_SECTOR);
}
