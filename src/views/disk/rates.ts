import type { Ns } from '../../abi/units.ts';
import type { RequestHistory } from '../../store/request-history.ts';

export interface Rates {
  readonly requestsPerS: number;
  readonly mibPerS: number;
  readonly meanKib: number;
  readonly writes: number;
  readonly reads: number;
}

/** What the disk did in the time that is drawn; nothing is known per second where a trace's clock counts no time. */
export function ratesOf(requests: RequestHistory, atNs: Ns, windowNs: Ns, isTimed = true): Rates {
  const spanNs = Math.min(windowNs, Math.max(atNs, 1));
  const first = requests.endedBy(atNs - spanNs);
  const last = requests.endedBy(atNs);
  let sectors = 0;
  let writes = 0;
  for (let row = first; row < last; row++) {
    sectors += requests.columns.sectors[row]!;
    writes += requests.columns.write[row]!;
  }
  const count = last - first;
  const kib = sectors / 2;
  return {
    requestsPerS: isTimed ? count / (spanNs / 1e9) : Number.NaN,
    mibPerS: isTimed ? kib / 1024 / (spanNs / 1e9) : Number.NaN,
    meanKib: count === 0 ? 0 : kib / count,
    writes,
    reads: count - writes,
  };
}
