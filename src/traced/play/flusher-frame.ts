import type { FlusherFrame } from '../../abi/look.ts';
import type { Ns } from '../../abi/units.ts';
import { groupName } from './groups.ts';
import type { TraceIndex } from './index-of.ts';

/** Each flusher with the work that its last writeback_start names; which inodes it has no event tells. */
export function flushersAt({ rows, cast, deeds }: TraceIndex, nowNs: Ns): FlusherFrame[] {
  const flushers = cast.actors.filter(({ kind }) => kind === 'flusher');
  return flushers.map(({ id, name }) => {
    const row = deeds.of[id]!.duty.at(nowNs);
    const told = (nth: number) => (row < 0 ? '' : rows.text(row, nth));
    return {
      task: id,
      name,
      disk: told(0),
      memcg: groupName(told(2)),
      work: told(1),
      waiting: [],
      bDirty: [],
      bIo: [],
      bMoreIo: [],
    };
  });
}
