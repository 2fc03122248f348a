import { MS, type Ns, SECTOR_BYTES, type Sector } from '../../../../abi/units.ts';

/** Where the arm can be: 0 at the outer edge, 1 at the inner. */
export type Stroke = number;

/** What a datasheet says of a drive (R7.11–R7.13). */
export interface Figures {
  /** Seek times in ms: track to track, average, full stroke. */
  readonly trackMs: number;
  readonly averageMs: number;
  readonly fullMs: number;
  /** A write settles longer before it may begin. */
  readonly writeSettleMs: number;
  readonly rpm: number;
  /** Sustained rates in bytes per second at the outer and at the inner edge. */
  readonly outerBytesPerS: number;
  readonly innerBytesPerS: number;
}

const TRACKS_PER_CYLINDER = 4;

/** The laws of motion of a drive, from its datasheet: seek curve, zones, and the platter's angle as a function of time. */
export class Geometry {
  readonly writeSettleNs: Ns;
  private readonly trackMs: number;
  private readonly rootMs: number;
  private readonly linearMs: number;
  private readonly outerBytesPerS: number;
  private readonly rateSpread: number;
  /** Three turns in whole ns: the angle stays exact for as long as the machine runs. */
  private readonly threeTurnsNs: Ns;
  private readonly turnNs: number;
  /** Sectors per track at the outer edge, and how they fall towards the inner one (R7.13). */
  private readonly outerSectors: number;
  private readonly outerSquare: number;
  private readonly squareSpread: number;
  private readonly sectorSpread: number;
  private readonly meanSectors: number;

  constructor(figures: Figures) {
    const { trackMs, averageMs, fullMs, rpm, outerBytesPerS, innerBytesPerS } = figures;
    this.writeSettleNs = figures.writeSettleMs * MS;
    this.trackMs = trackMs;
    this.rootMs = 5 * averageMs - (10 / 3) * trackMs - (5 / 3) * fullMs;
    this.linearMs = (8 / 3) * fullMs + (7 / 3) * trackMs - 5 * averageMs;
    this.outerBytesPerS = outerBytesPerS;
    this.rateSpread = outerBytesPerS - innerBytesPerS;
    this.threeTurnsNs = (3 * 60e9) / rpm;
    this.turnNs = this.threeTurnsNs / 3;
    this.outerSectors = ((outerBytesPerS / SECTOR_BYTES) * this.turnNs) / 1e9;
    const innerSectors = ((innerBytesPerS / SECTOR_BYTES) * this.turnNs) / 1e9;
    this.outerSquare = this.outerSectors * this.outerSectors;
    this.squareSpread = this.outerSquare - innerSectors * innerSectors;
    this.sectorSpread = this.outerSectors - innerSectors;
    this.meanSectors = (this.outerSectors + innerSectors) / 2;
  }

  /** Seek time in ms over a distance, as a share of the full stroke: t + B√x + A·x (R7.11). */
  seekMs(distance: Stroke): number {
    return distance === 0 ? 0 : this.trackMs + this.rootMs * Math.sqrt(distance) + this.linearMs * distance;
  }

  /** Where the arm stands for a share of the disk's capacity: outer tracks hold more (R7.13). */
  strokeOf(capacityShare: number): Stroke {
    return (this.outerSectors - Math.sqrt(this.outerSquare - this.squareSpread * capacityShare)) / this.sectorSpread;
  }

  /** Sustained rate in bytes per second (R7.13). */
  rateOf(stroke: Stroke): number {
    return this.outerBytesPerS - this.rateSpread * stroke;
  }

  /** Time for sectors to pass under the head: never rounded, the callers do that once. */
  transferNs(sectors: Sector, stroke: Stroke): number {
    return (sectors * SECTOR_BYTES * 1e9) / this.rateOf(stroke);
  }

  tracksOf(totalSectors: Sector): number {
    return totalSectors / this.meanSectors;
  }

  /** How far the arm has to go between two places, as a share of the full stroke; 0 within a cylinder. */
  distance(from: Stroke, to: Stroke, tracks: number): Stroke {
    return (Math.abs(cylinderOf(to, tracks) - cylinderOf(from, tracks)) * TRACKS_PER_CYLINDER) / tracks;
  }

  /** Seek time in whole ns; a write settles longer, and only after a seek. */
  seekNs(distance: Stroke, write: boolean): Ns {
    return Math.round(this.seekMs(distance) * MS) + (write && distance > 0 ? this.writeSettleNs : 0);
  }

  /** Until the sector at `stroke` comes round: the angle runs on along the spiral, and is a function of time (R7.12). */
  rotationNs(stroke: Stroke, tracks: number, atNs: Ns): Ns {
    const turns = stroke * tracks;
    const angle = turns - Math.floor(turns);
    const thirds = atNs * 3; // whole, so that the remainder is exact; cheaper than %
    const platter = (thirds - Math.floor(thirds / this.threeTurnsNs) * this.threeTurnsNs) / this.threeTurnsNs;
    const gap = angle - platter;
    return Math.round((gap - Math.floor(gap)) * this.turnNs);
  }
}

function cylinderOf(stroke: Stroke, tracks: number): number {
  return Math.floor((stroke * tracks) / TRACKS_PER_CYLINDER);
}
