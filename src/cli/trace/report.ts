import type { ReadTrace } from '../../abi/trace-table.ts';
import type { TracedInfo } from '../../abi/traced.ts';
import { isOldWording } from '../../traced/script/old-wording.ts';
import { scriptReports } from '../../traced/script/report.ts';
import { type BlkparseSummary, summarizeBlkparse } from '../../traced/summary/blkparse.ts';
import { summarize, type TraceSummary } from '../../traced/summary/summary.ts';
import { type CrossCheck, counterDelta, crossCheck } from '../../traced/summary/vmstat.ts';
import { memoryStatBeside, placeOf, vmstatBeside } from './input.ts';

/** All that the command says of a trace. */
export interface TraceReport {
  readonly place: { readonly run?: string; readonly file: string };
  readonly read: ReadTrace;
  readonly summary: TraceSummary | BlkparseSummary;
  /** Where /proc/vmstat of before and after lies beside the trace. */
  readonly checks:
    | { readonly delta: Readonly<Record<string, number>>; readonly figures: readonly CrossCheck[] }
    | undefined;
  /** Of a trace with reclaim in it. */
  readonly scripts: Pick<TracedInfo, 'script' | 'counted'> | undefined;
  /** Which form of the script reads it. */
  readonly form: '6.12-offline' | '2.6.36';
}

export function reportOf(path: string, read: ReadTrace): TraceReport {
  const place = placeOf(path);
  const form = isOldWording(read.table) ? '2.6.36' : '6.12-offline';
  if (read.reading.format === 'blkparse')
    return { place, read, summary: summarizeBlkparse(read), checks: undefined, scripts: undefined, form };
  const summary = summarize(read);
  const hasReclaim = Object.keys(summary.events).some((event) => event.startsWith('mm_vmscan_'));
  return {
    place,
    read,
    summary,
    checks: checksOf(path, summary),
    scripts: hasReclaim ? scriptReports(read) : undefined,
    form,
  };
}

function checksOf(path: string, summary: TraceSummary): TraceReport['checks'] {
  const vmstat = vmstatBeside(path);
  if (vmstat === undefined) return undefined;
  const delta = counterDelta(vmstat.before, vmstat.after);
  const group = memoryStatBeside(path);
  const groupDelta = group === undefined ? undefined : counterDelta(group.before, group.after);
  return { delta, figures: crossCheck(summary, delta, groupDelta) };
}
