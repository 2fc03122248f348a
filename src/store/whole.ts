import type { MachineFrame } from '../abi/frame.ts';
import type { Twin } from './feed.ts';

/** From this many pages on a walk over them takes longer than a frame has. */
const PAGES_MANY = 100_000;
/** Then so much time passes from one walk to the next: a tenth of a second for 1 GiB, half a second for 4 GiB. */
const PAGES_PER_MS = 2000;

/** Whether the next frame is to be a whole one, `sinceMs` of wall time after the last that was. */
export function isWholeDue(last: Twin | undefined, sinceMs: number): boolean {
  const pages = last?.A.memory.totalPages ?? 0;
  return pages < PAGES_MANY || sinceMs >= pages / PAGES_PER_MS;
}

/** What a partial frame leaves out is shown as it was. */
export function completed(twin: Twin, last: Twin | undefined): Twin {
  if (!last || (!twin.A.isPartial && !twin.B.isPartial)) return twin;
  return { ...twin, A: completedFrame(twin.A, last.A), B: completedFrame(twin.B, last.B) };
}

function completedFrame(frame: MachineFrame, last: MachineFrame): MachineFrame {
  if (!frame.isPartial) return frame;
  const { cells, order, strips, listPages, found, memcgs, map, flushers } = last;
  return {
    ...frame,
    ...{ cells, order, strips, listPages, found, memcgs },
    ...(map && { map }),
    ...(flushers && { flushers }),
  };
}
