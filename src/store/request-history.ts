import type { RequestColumns } from '../abi/frame.ts';
import { EndedHistory } from './ended-history.ts';

const ROWS_MAX = 1 << 18;

/** All requests a disk has finished. */
export class RequestHistory extends EndedHistory<RequestColumns> {
  constructor() {
    super(
      (length) => ({
        startNs: new Float64Array(length),
        endNs: new Float64Array(length),
        disk: new Uint8Array(length),
        sector: new Float64Array(length),
        sectors: new Int32Array(length),
        write: new Uint8Array(length),
        by: new Uint8Array(length),
        seekNs: new Float64Array(length),
        rotateNs: new Float64Array(length),
        transferNs: new Float64Array(length),
      }),
      ROWS_MAX,
    );
  }
}
