import type { DiskFrame, FileFrame } from '../../abi/frame.ts';
import type { Sector } from '../../abi/units.ts';

/** A stretch of the disk and where it is drawn. */
interface Stretch {
  readonly from: Sector;
  readonly to: Sector;
  readonly y0: number;
  readonly y1: number;
}

/** What the picture is about: a file, or whatever else lies in one stretch of sectors. */
export type Extent = Pick<FileFrame, 'name' | 'startSector' | 'sectors'>;

export interface LbaScale {
  readonly yOf: (sector: Sector) => number;
  /** The files' stretches, top to bottom; with very many files those that touch share one. */
  readonly files: readonly { readonly names: readonly string[]; readonly y0: number; readonly y1: number }[];
  readonly isStretched: boolean;
}

/** When the files fill less of the disk than this, what lies between them is drawn shorter than it is. */
const FILES_SHARE = 0.6;
/** More stretches than this would be too thin to tell apart. */
const FILES_APART = 24;

/**
 * Sectors to pixels, sector 0 at the top. Files of a few MiB on a terabyte would be one pixel each, and the order of
 * writes within them, which is the point, invisible: so the gaps shrink and the files grow. The view says so.
 */
export function lbaScale(
  disk: { readonly files: readonly Extent[]; readonly totalSectors: Sector },
  height: number,
  filesShare = FILES_SHARE,
): LbaScale {
  const extents = merged(disk.files);
  // A trace may not tell how large the disk is.
  const totalSectors = Number.isNaN(disk.totalSectors) ? (extents.at(-1)?.to ?? 1) : disk.totalSectors;
  const inFiles = extents.reduce((sum, { to, from }) => sum + to - from, 0);
  const isStretched = inFiles > 0 && inFiles < filesShare * totalSectors;
  const filesHigh = isStretched ? filesShare * height : (inFiles / totalSectors) * height;
  const gapSectors = Math.max(1, totalSectors - inFiles);
  const stretches: Stretch[] = [];
  let at = 0;
  let y = 0;
  const add = (to: Sector, tall: number) => {
    stretches.push({ from: at, to, y0: y, y1: y + tall });
    at = to;
    y += tall;
  };
  const gapTo = (sector: Sector) => add(sector, ((sector - at) / gapSectors) * (height - filesHigh));
  const files: LbaScale['files'][number][] = [];
  for (const { from, to, names } of extents) {
    gapTo(from);
    const y0 = y;
    // A small file beside a huge one still gets a line of its own.
    add(to, isStretched ? filesHigh * share(to - from, inFiles, extents.length) : ((to - from) / inFiles) * filesHigh);
    files.push({ names, y0, y1: y });
  }
  gapTo(totalSectors);
  return { yOf: (sector) => yWithin(stretches, sector), files, isStretched };
}

/** The scale of a disk with its files, each with its whole place: where pages may come to lie later moves nothing then. */
export const diskScale = (
  { files, totalSectors }: Pick<DiskFrame, 'files' | 'totalSectors'>,
  height: number,
): LbaScale =>
  lbaScale(
    {
      totalSectors,
      files: files.map(({ name, startSector, placeSectors }) => ({ name, startSector, sectors: placeSectors })),
    },
    height,
  );

const share = (sectors: Sector, all: Sector, files: number): number => 0.5 * (sectors / all) + 0.5 / files;

function yWithin(stretches: readonly Stretch[], sector: Sector): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.to <= sector) low = middle + 1;
    else high = middle;
  }
  const { from, to, y0, y1 } = stretches[low] ?? { from: 0, to: 1, y0: 0, y1: 0 };
  return y0 + ((sector - from) / Math.max(to - from, 1)) * (y1 - y0);
}

function merged(files: readonly Extent[]): { from: Sector; to: Sector; names: string[] }[] {
  const out: { from: Sector; to: Sector; names: string[] }[] = [];
  for (const { name, startSector, sectors } of [...files].sort((a, b) => a.startSector - b.startSector)) {
    const last = out.at(-1);
    const touches = last && (files.length > FILES_APART ? startSector <= last.to : startSector < last.to);
    if (last && touches) {
      last.to = Math.max(last.to, startSector + sectors);
      last.names.push(name);
    } else if (sectors > 0) out.push({ from: startSector, to: startSector + sectors, names: [name] });
  }
  return out;
}
