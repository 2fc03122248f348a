import type { RequestColumns, StallColumns } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import type { TraceIndex } from './index-of.ts';
import { firstAfter } from './rows.ts';

/** What has an end, in the order of the ends: handed out by the time in which it ended. */
export interface Ended {
  requests(afterNs: Ns, untilNs: Ns): RequestColumns;
  stalls(afterNs: Ns, untilNs: Ns): StallColumns;
}

export function endedOf({ block, deeds }: TraceIndex): Ended {
  const { requests: all } = block;
  // A request whose issue is not in the trace has no line to be drawn.
  const ids = Array.from({ length: all.count }, (_, id) => id)
    .filter((id) => !Number.isNaN(all.endNs[id]!) && !Number.isNaN(all.startNs[id]!))
    .sort((a, b) => all.endNs[a]! - all.endNs[b]!);
  const ends = Float64Array.from(ids, (id) => all.endNs[id]!);
  const { stalls } = deeds;
  return {
    requests: (afterNs, untilNs) => {
      const mine = ids.slice(firstAfter(ends, afterNs), firstAfter(ends, untilNs));
      const unknown = () => new Float64Array(mine.length).fill(Number.NaN);
      return {
        disk: Uint8Array.from(mine, (id) => all.disk[id]!),
        startNs: Float64Array.from(mine, (id) => all.startNs[id]!),
        endNs: Float64Array.from(mine, (id) => all.endNs[id]!),
        sector: Float64Array.from(mine, (id) => all.sector[id]!),
        sectors: Int32Array.from(mine, (id) => all.sectors[id]!),
        write: Uint8Array.from(mine, (id) => all.write[id]!),
        by: Uint8Array.from(mine, (id) => all.by[id]!),
        seekNs: unknown(),
        rotateNs: unknown(),
        transferNs: unknown(),
      };
    },
    stalls: (afterNs, untilNs) => {
      const from = firstAfter(stalls.endNs, afterNs);
      const to = firstAfter(stalls.endNs, untilNs);
      return {
        startNs: stalls.startNs.slice(from, to),
        endNs: stalls.endNs.slice(from, to),
        thread: stalls.actor.slice(from, to),
        kind: stalls.kind.slice(from, to),
      };
    },
  };
}
