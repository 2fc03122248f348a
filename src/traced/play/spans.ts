import type { Ns } from '../../abi/units.ts';
import { firstAfter } from './rows.ts';

export interface Span {
  readonly fromNs: Ns;
  readonly toNs: Ns;
  readonly what: number;
}

/** Stretches of time of one task, one after the other: what it was in, and from when to when. */
export class Spans {
  private readonly from: Ns[] = [];
  private readonly to: Ns[] = [];
  private readonly what: number[] = [];
  /** `from`, once all are there. */
  private starts: Float64Array | undefined;

  add(fromNs: Ns, toNs: Ns, what: number): void {
    this.from.push(fromNs);
    this.to.push(toNs);
    this.what.push(what);
    this.starts = undefined;
  }

  /** What the task is in at `ns`; -1: nothing. A stretch holds from its begin up to, but not at, its end. */
  at(ns: Ns): number {
    const last = this.startedBy(ns) - 1;
    return last >= 0 && ns < this.to[last]! ? this.what[last]! : -1;
  }

  /** Time spent in it between two times; `what`: only in stretches of this kind. */
  within(fromNs: Ns, toNs: Ns, what = -1): Ns {
    const spans = this.between(fromNs, toNs).filter((span) => what < 0 || span.what === what);
    return spans.reduce((sum, span) => sum + span.toNs - span.fromNs, 0);
  }

  /** The stretches between two times, cut to them, in order. */
  between(fromNs: Ns, toNs: Ns): readonly Span[] {
    const found: Span[] = [];
    for (let at = this.startedBy(toNs) - 1; at >= 0 && this.to[at]! > fromNs; at--)
      found.push({
        fromNs: Math.max(fromNs, this.from[at]!),
        toNs: Math.min(toNs, this.to[at]!),
        what: this.what[at]!,
      });
    return found.reverse();
  }

  private startedBy(ns: Ns): number {
    this.starts ??= Float64Array.from(this.from);
    return firstAfter(this.starts, ns);
  }
}
