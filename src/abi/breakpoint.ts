import type { Bytes, Ns } from './units.ts';

/** What one machine can be run until, each seen on its state after every event. */
export type BreakKind = 'direct-writepage' | 'stack' | 'free-below-min' | 'oom' | 'memcg-limit';

/** `bytes`: a kernel stack that gets deeper than this; read for `stack` alone. */
export interface Breakpoint {
  readonly kind: BreakKind;
  readonly bytes: Bytes;
}

/** What a run was stopped by. The machine stands right after the event that did it. */
export interface Hit {
  readonly kind: BreakKind;
  readonly atNs: Ns;
  /**
   * The thread that did it; for `oom` the victim, for `memcg-limit` the group, for `free-below-min` empty: whatever takes
   * the last page is not at fault.
   */
  readonly who: string;
  /** Bytes for `stack`, pages free for `free-below-min`, the limit in pages for `memcg-limit`; else 0. */
  readonly value: number;
  /** What it was held against: bytes of the breakpoint, pages of the min watermark; else 0. */
  readonly bound: number;
}
