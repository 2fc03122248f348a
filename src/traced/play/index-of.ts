import type { TraceTable } from '../../abi/trace-table.ts';
import { type BatchTable, batchesOf } from './batches.ts';
import { type Cast, castOf } from './cast.ts';
import { type Deeds, deedsOf } from './deeds.ts';
import { groupsOf } from './groups.ts';
import { type PageRows, pageRowsOf } from './page-rows.ts';
import { type BlockRows, blockRowsOf } from './requests.ts';
import { PlayRows } from './rows.ts';

/** All that is found out about a trace before it plays: who is who, and which rows belong together. It does not change. */
export interface TraceIndex {
  readonly rows: PlayRows;
  readonly cast: Cast;
  readonly deeds: Deeds;
  readonly block: BlockRows;
  readonly batches: BatchTable;
  readonly pages: PageRows;
  /** cgroup_ino of the groups that writeback is done for. */
  readonly groups: readonly string[];
}

export function indexOf(table: TraceTable): TraceIndex {
  const rows = new PlayRows(table);
  const cast = castOf(rows);
  const deeds = deedsOf(rows, cast);
  const block = blockRowsOf(rows, cast, deeds);
  return {
    rows,
    cast,
    deeds,
    block,
    batches: batchesOf(rows, cast),
    pages: pageRowsOf(rows, cast.person, block),
    groups: groupsOf(table),
  };
}
