import type { StallColumns } from '../abi/frame.ts';
import { EndedHistory } from './ended-history.ts';

const ROWS_MAX = 1 << 17;

/** All stalls of a machine's tasks that have ended. */
export class StallHistory extends EndedHistory<StallColumns> {
  constructor() {
    super(
      (length) => ({
        startNs: new Float64Array(length),
        endNs: new Float64Array(length),
        thread: new Int16Array(length),
        kind: new Uint8Array(length),
      }),
      ROWS_MAX,
    );
  }
}
