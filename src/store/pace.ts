import type { Ns } from '../abi/units.ts';

/** Asked speeds, virtual seconds per wall second; the slider is logarithmic between them, `FASTEST` lies beyond its end. */
export const SLOWEST = 1 / 1000;
export const FASTEST = Number.POSITIVE_INFINITY;
const SLIDER_TOP = 100;
const DECADES = 5;

/** Position 0…100 of the speed slider; 100 is "as fast as it can". */
export function speedAt(position: number): number {
  if (position >= SLIDER_TOP) return FASTEST;
  const exponent = (position / (SLIDER_TOP - 1)) * DECADES - 3;
  return 10 ** (Math.round(exponent * 20) / 20);
}
export function positionOf(speed: number): number {
  if (!Number.isFinite(speed)) return SLIDER_TOP;
  const position = ((Math.log10(Math.max(speed, SLOWEST)) + 3) / DECADES) * (SLIDER_TOP - 1);
  return Math.min(SLIDER_TOP - 1, Math.round(position));
}

/** Wall milliseconds one round may take, so that the picture still moves when the machines are slower than asked. */
const ROUND_MS = 32;
/** A tab that was away does not make up for the time. */
const GAP_MAX_MS = 100;

/** How far to ask the machines next: by the asked speed, but no further than they were seen to get in one round. */
export class Pace {
  /** Virtual ns per wall ms, as last measured. */
  private rate = 2e6;

  stepNs(wallMs: number, speed: number): Ns {
    const capacityNs = Math.max(1e3, Math.round(this.rate * ROUND_MS));
    if (speed === FASTEST) return capacityNs;
    const wantedNs = Math.min(wallMs, GAP_MAX_MS) * 1e6 * speed;
    return Math.max(1, Math.round(Math.min(wantedNs, capacityNs)));
  }

  /** A round over `virtualNs` took `wallMs`. Rounds too short to time say only that there is more room. */
  learn(virtualNs: Ns, wallMs: number): void {
    const seen = virtualNs / Math.max(wallMs, 0.5);
    if (wallMs > ROUND_MS / 4) this.rate = this.rate * 0.6 + seen * 0.4;
    else if (seen > this.rate) this.rate = Math.min(seen, this.rate * 1.5);
  }
}
