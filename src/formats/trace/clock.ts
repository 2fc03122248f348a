import type { TraceClock } from '../../abi/trace-table.ts';
import type { LineFront } from '../shared/ftrace-line.ts';

const S_NS = 1_000_000_000;

/** A text has one clock, and its times are told from its first event: seconds of the epoch are too many ns for a double. */
export class TextClock {
  readonly kind: TraceClock;
  timesGoingBack = 0;
  private hasOrigin = false;
  private seconds = 0;
  private fractionNs = 0;
  private lastNs = 0;

  /** Which clock it is, from before its first event on: a first line that is cut must not decide it. */
  constructor(kind: TraceClock) {
    this.kind = kind;
  }

  /** Undefined: an event by another clock. NaN: the text has none. */
  sinceFirst(front: LineFront): number | undefined {
    if (front.clock !== this.kind) return undefined;
    if (this.kind === 'none') return Number.NaN;
    if (!this.hasOrigin) {
      this.hasOrigin = true;
      this.seconds = front.seconds;
      this.fractionNs = front.fractionNs;
    }
    return (front.seconds - this.seconds) * S_NS + (front.fractionNs - this.fractionNs);
  }

  /** Of an event that was taken. */
  follow(timeNs: number): void {
    if (timeNs < this.lastNs) this.timesGoingBack++;
    this.lastNs = timeNs;
  }

  get originNs(): bigint {
    return this.kind === 'none' ? 0n : BigInt(this.seconds) * BigInt(S_NS) + BigInt(this.fractionNs);
  }
}
