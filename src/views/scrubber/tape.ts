import type { MachineId } from '../../abi/scenario.ts';
import type { SampleHistory } from '../../store/sample-history.ts';
import { type Bands, paintBand } from './bands.ts';
import { BAR_PX, barAt } from './bars.ts';

type Samples = Readonly<Record<MachineId, SampleHistory>>;
/** A surface to paint on, and what becomes an image of it; a test hands in its own. */
export interface Sheet {
  readonly ctx: CanvasRenderingContext2D;
  readonly image: CanvasImageSource;
}
export type MakeSheet = (width: number, height: number, scale: number) => Sheet | undefined;

/**
 * The painted past, kept as a picture: a frame adds the bars that are new, and all are painted again only where something
 * else changed (zoom, size, theme, a fork).
 */
export class Tape {
  private sheet: Sheet | undefined;
  private paintedAs = '';
  private readonly painted = [0, 0];
  private readonly makeSheet: MakeSheet;

  constructor(makeSheet: MakeSheet) {
    this.makeSheet = makeSheet;
  }

  /** The picture with all samples on it, `bands.bars` bars wide. */
  upToDate(samples: Samples, bands: Bands, scale: number): CanvasImageSource | undefined {
    const { range, height, bars, fullPages, actors, palette } = bands;
    const cuts = [samples.A.cuts, samples.B.cuts];
    const as = [
      range.fromNs,
      range.toNs,
      height,
      bars,
      fullPages,
      actors.length,
      palette.ground,
      scale,
      ...cuts,
    ].join();
    if (as !== this.paintedAs) {
      this.sheet = this.makeSheet(bars * BAR_PX, height, scale);
      this.painted.fill(0);
      this.paintedAs = as;
    }
    if (!this.sheet) return undefined;
    for (const machine of [0, 1] as const) this.add(this.sheet.ctx, machine, samples, bands);
    return this.sheet.image;
  }

  private add(ctx: CanvasRenderingContext2D, machine: 0 | 1, both: Samples, bands: Bands): void {
    const samples = machine === 0 ? both.A : both.B;
    const rows = samples.timeNs.length;
    const known = this.painted[machine]!;
    if (rows === known) return;
    this.painted[machine] = rows;
    const { range, bars } = bands;
    const lastNs = samples.timeNs[rows - 1]!;
    const knownNs = known === 0 ? range.fromNs : samples.timeNs[known - 1]!;
    // The last known bar may have more in it now.
    if (lastNs > range.fromNs && knownNs <= range.toNs) {
      paintBand(ctx, machine, samples, [barAt(knownNs, range, bars), barAt(lastNs, range, bars) + 1], bands);
    }
  }
}
