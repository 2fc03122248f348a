import type { Answer } from './answer.ts';

/** Which pages get a lap more before they are written because they were used (RECLAIM_CLEAN, R3.8)? */
export interface ReferencedDirty extends Answer {
  readonly sparesAnon: boolean;
}
