import type { TraceWriter } from '../../abi/trace-export.ts';
import type { TracepointKey } from '../../abi/tracepoints.ts';
import { MS, type Ns } from '../../abi/units.ts';

const BEGINS: ReadonlySet<TracepointKey> = new Set(['directReclaimBegin', 'memcgReclaimBegin', 'balanceDirtyBegin']);
const BEGIN_OF: Partial<Record<TracepointKey, TracepointKey>> = {
  directReclaimEnd: 'directReclaimBegin',
  memcgReclaimEnd: 'memcgReclaimBegin',
  balanceDirtyEnd: 'balanceDirtyBegin',
};

/**
 * When each stall ended and how long it lasted, in ms: what makers of latency heat maps read. A stall is a stretch in direct or
 * memcg reclaim or in balance_dirty_pages(), as in the stalls view; one that has not ended is not in it, nor one of no length.
 */
export function createStallWriter(): TraceWriter {
  const since = new Map<string, Ns>();
  return {
    begin: () => '',
    event({ key, pid, timeNs }) {
      if (BEGINS.has(key)) since.set(`${pid} ${key}`, timeNs);
      const began = `${pid} ${BEGIN_OF[key]}`;
      const fromNs = since.get(began);
      if (fromNs === undefined) return '';
      since.delete(began);
      return timeNs > fromNs ? `${(timeNs / MS).toFixed(3)} ${((timeNs - fromNs) / MS).toFixed(6)}\n` : '';
    },
    sample: () => '',
    end: () => '',
  };
}
