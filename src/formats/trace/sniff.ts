import { forEachLine, looksBinary } from '../shared/text-lines.ts';
import { TraceColumns } from './columns.ts';
import { TraceLines } from './lines.ts';

/** Share of the lines in the (unpacked) head that a kernel's trace has. */
export function sniffTrace(head: Uint8Array): number {
  if (looksBinary(head)) return 0;
  const columns = new TraceColumns();
  const lines = new TraceLines(columns);
  forEachLine(head, (line, isCut) => lines.add(line, isCut));
  lines.finish();
  const { event, unparsed } = lines.counts;
  return event === 0 ? 0 : event / (event + unparsed);
}
