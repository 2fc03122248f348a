import type { Answer } from './answer.ts';

/** Who reclaims from groups over their soft limit, and how (R6.6)? */
export interface SoftLimit extends Answer {
  /** B1 is in this kernel: reproduced with the historical bugs switched on, mended otherwise. */
  readonly hasB1: boolean;
  /** Direct reclaim does it too, before the zone. */
  readonly byDirectReclaim: boolean;
  /** What it scans and frees is part of the run that called it. */
  readonly counts: boolean;
}
