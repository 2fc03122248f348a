import { forEachLine, looksBinary } from '../shared/text-lines.ts';
import { TraceColumns } from './columns.ts';
import { TraceLines } from './lines.ts';

/** What tells a trace of reclaim and of the disk from a recorded workload, which is made of page cache events alone. */
const RECLAIM_OR_DISK =
  /^(mm_vmscan_|mm_shrink_slab_|mm_compaction_|block_|balance_dirty_pages|writeback_(?!dirty_|single_inode))/;
/** Without any such event the text may as well be prose of another kernel's tracer, or a workload. */
const NEITHER = 0.5;

const LINE_FEED = 10;

/** Share of the lines in the (unpacked) head that kernels and their tools print; half of it where no event is of reclaim or disk. */
export function sniffTrace(head: Uint8Array): number {
  if (looksBinary(head)) return 0;
  const columns = new TraceColumns();
  const lines = new TraceLines(columns);
  const wholeLines = head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  forEachLine(wholeLines, (line, isCut) => lines.add(line, isCut));
  lines.finish();
  const { event, unparsed } = lines.counts;
  if (event === 0) return 0;
  const isOwn = columns.eventNames.some((name) => RECLAIM_OR_DISK.test(name));
  return (event / (event + unparsed)) * (isOwn ? 1 : NEITHER);
}
