import type { DiskFrame } from '../../abi/frame.ts';
import type { Ns, Sector } from '../../abi/units.ts';
import { diskScale, type Extent, type LbaScale, lbaScale } from '../shared/lba-scale.ts';

// Words and numbers are the page's, the picture is drawn behind them: both go by these heights, in px.

/** Name of the disk, how many wait, how old the oldest is. */
export const HEAD_PX = 19;
/** Letters of those who submitted. */
export const LETTERS_PX = 15;
/** A request is the taller the older it is. */
export const BARS_PX = 34;
/** The head of the disk, below the axis, and the names of the files. */
export const FILES_PX = 17;
/** A class of the pool each, and below them the names of the marks. */
export const POOL_ROW_PX = 15;
export const MARKS_PX = 15;
/** What a class has lent, in words. */
export const POOL_WORDS_PX = 76;
export const PICTURE_PX = LETTERS_PX + BARS_PX + FILES_PX;
const GAP_PX = 8;
export const DISK_PX = HEAD_PX + PICTURE_PX + 2 * POOL_ROW_PX + MARKS_PX + GAP_PX;

/** A request as it is drawn: x and width along the sectors, height by its age. */
export interface Bar {
  readonly sector: Sector;
  readonly sectors: Sector;
  readonly isWrite: boolean;
  readonly ageNs: Ns;
  readonly task: number;
  /** When the drive took it; -1: it waits. */
  readonly startNs: Ns;
  readonly x: number;
  readonly wide: number;
  readonly tall: number;
}

/** The narrowest that can be told from its neighbour. */
const NARROWEST_PX = 3;
const LOWEST_PX = 5;

/** Requests further apart than this are drawn as neighbours: what lies between them is of no request. */
const CLUSTER_SECTORS = 2048;
const CLUSTERS_SHARE = 0.8;

/**
 * Sectors to pixels. A queue holds some thousand sectors of a disk's thousand millions, often in a few places: those places get
 * most of the width, as the files do in the disk's own picture; with an empty queue it is that picture's scale.
 */
export function scaleOf(disk: DiskFrame, width: number): LbaScale {
  const clusters: { name: string; startSector: Sector; sectors: Sector }[] = [];
  for (const { startSector, sectors } of extentsOf(disk)) {
    const last = clusters.at(-1);
    if (last && startSector - last.startSector - last.sectors <= CLUSTER_SECTORS)
      last.sectors = Math.max(last.sectors, startSector + sectors - last.startSector);
    else clusters.push({ name: '', startSector, sectors });
  }
  if (clusters.length === 0) return diskScale(disk, width);
  return lbaScale({ files: clusters, totalSectors: disk.totalSectors }, width, CLUSTERS_SHARE);
}

const extentsOf = ({ queueSector, queueSectors, inDrive }: DiskFrame): readonly Extent[] =>
  [
    ...Array.from(queueSector, (startSector, row) => ({ name: '', startSector, sectors: queueSectors[row]! })),
    ...inDrive.map(({ sector, sectors }) => ({ name: '', startSector: sector, sectors })),
  ].sort((a, b) => a.startSector - b.startSector);

/** The oldest of them all is as tall as the row. What the drive has in hand comes last: it is drawn on top. */
export function barsOf(disk: DiskFrame, nowNs: Ns, width: number): readonly Bar[] {
  const { yOf } = scaleOf(disk, width);
  const waiting = Array.from(disk.queueSector, (sector, row) => ({
    sector,
    sectors: disk.queueSectors[row]!,
    isWrite: disk.queueWrite[row] === 1,
    ageNs: nowNs - disk.queueNs[row]!,
    task: disk.queueTask[row]!,
    startNs: -1,
  }));
  const inDrive = disk.inDrive.map(({ queuedNs, ...one }) => ({ ...one, ageNs: nowNs - queuedNs }));
  const all = [...waiting, ...inDrive];
  const oldestNs = all.reduce((most, { ageNs }) => Math.max(most, ageNs), 1);
  return all.map((one) => {
    const x = yOf(one.sector);
    const wide = Math.max(NARROWEST_PX, yOf(one.sector + one.sectors) - x);
    const tall = Math.max(LOWEST_PX, (one.ageNs / oldestNs) * BARS_PX);
    return { ...one, x: Math.min(x, width - wide), wide, tall };
  });
}

/** Age of the oldest request that waits; 0 where none does. */
export const oldestNs = ({ queueNs }: Pick<DiskFrame, 'queueNs'>, nowNs: Ns): Ns =>
  queueNs.reduce((most, ns) => Math.max(most, nowNs - ns), 0);

/** A trace does not tell what the pool has lent. */
export const hasPool = ({ lent }: Pick<DiskFrame, 'lent'>): boolean => !Number.isNaN(lent.async);

export const disksOf = <D>({
  disk,
  moreDisks,
}: {
  readonly disk: D;
  readonly moreDisks: readonly D[];
}): readonly D[] => [disk, ...moreDisks];
