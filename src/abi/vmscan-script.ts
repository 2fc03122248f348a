import { RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from './trace-flags.ts';
import type { TracepointKey } from './tracepoints.ts';
import { type Ns, US } from './units.ts';
import {
  beginDirect,
  countWrite,
  createProcess,
  endDirect,
  requestWake,
  type ScriptProcess,
  sleepKswapd,
  totalLatencies,
  wakeKswapd,
} from './vmscan-script-process.ts';

/*
 * What trace-vmscan-postprocess.pl of the series makes of a trace (2.6.36 form: file and anon apart, seconds): the rows that the
 * mails print, with the script's own rules of counting, which are not those of the kernel's counters (history.md §6.3, §6.4).
 * Memory cgroups and range writes have no event that it reads, so neither is in its rows.
 */

/** An event as the recorder hands it out; `args` in the order of the tracepoint's fields. */
export interface ScriptEvent {
  readonly timeNs: Ns;
  readonly task: string;
  readonly pid: number;
  readonly key: TracepointKey;
  readonly args: readonly number[];
}

/** Takes the events in their order, one by one, as they come; keeps nothing of them but what it prints. */
export class ScriptReader {
  private readonly byName = new Map<string, ScriptProcess>();

  take(event: ScriptEvent): void {
    const take = TAKES[event.key];
    if (take === undefined) return;
    const name = processName(event);
    const process = this.byName.get(name) ?? createProcess(name);
    this.byName.set(name, process);
    take(process, event.args, milliseconds(event.timeNs));
  }

  /** In the order in which the script first saw them. */
  processes(): readonly ScriptProcess[] {
    return [...this.byName.values()];
  }
}

export function readAsScript(events: Iterable<ScriptEvent>): readonly ScriptProcess[] {
  const reader = new ScriptReader();
  for (const event of events) reader.take(event);
  return reader.processes();
}

/** The script's pattern knows letters, digits and dashes: `flush-8:0-123` is read as `0-123`. */
function processName({ task, pid }: ScriptEvent): string {
  return /[a-zA-Z0-9-]*$/.exec(`${task.slice(0, 15)}-${pid}`)![0];
}

/** The trace has microseconds. */
function milliseconds(timeNs: Ns): number {
  return Math.floor(timeNs / US) / 1000;
}

const ISOLATE_ACTIVE = 1;

type Take = (process: ScriptProcess, args: readonly number[], nowMs: number) => void;
const TAKES: Partial<Record<TracepointKey, Take>> = {
  directReclaimBegin: (p, [order = 0], nowMs) => beginDirect(p, order, nowMs),
  directReclaimEnd: (p, _args, nowMs) => endDirect(p, nowMs),
  kswapdWake: (p, [, order = 0], nowMs) => wakeKswapd(p, order, nowMs),
  kswapdSleep: (p, _args, nowMs) => sleepKswapd(p, nowMs),
  wakeupKswapd: (p, [, , order = 0]) => requestWake(p, order),
  lruIsolate: (p, [mode, , , scanned = 0, , , contigDirty = 0]) => {
    if (mode !== ISOLATE_ACTIVE) p.pagesScanned += scanned;
    p.contigDirty += contigDirty;
  },
  writepage: (p, [, , flags = 0]) => countWrite(p, (flags & RECLAIM_WB_FILE) !== 0, (flags & RECLAIM_WB_SYNC) !== 0),
};

export interface ScriptRow {
  readonly label: string;
  readonly value: number;
  readonly unit: '' | 'seconds';
  /** How the script comes to it, where a counter of the same name says something else. */
  readonly definition: string;
}

/** All it prints, and the rows of its summary. */
export interface ScriptReport {
  readonly text: string;
  readonly rows: readonly ScriptRow[];
}

/** The "Summary" of the script, in its order and words. */
export function scriptSummary(processes: readonly ScriptProcess[]): readonly ScriptRow[] {
  const direct = processes.filter(({ directReclaims }) => directReclaims > 0);
  const kswapd = processes.filter(({ kswapdWakeups }) => kswapdWakeups > 0);
  const { directMs, kswapdMs } = totalLatencies(processes);
  return [
    count('Direct reclaims', direct, (p) => p.directReclaims, 'mm_vmscan_direct_reclaim_begin events.'),
    count('Direct reclaim pages scanned', direct, (p) => p.pagesScanned, SCANNED),
    ...writeRows('Direct', direct),
    count('Wake kswapd requests', direct, (p) => p.wakeRequests, REQUESTS),
    { label: 'Time stalled direct reclaim', value: directMs / 1000, unit: 'seconds', definition: STALLED },
    count('Kswapd wakeups', kswapd, (p) => p.kswapdWakeups, WAKEUPS),
    count('Kswapd pages scanned', kswapd, (p) => p.pagesScanned, SCANNED),
    ...writeRows('Kswapd', kswapd),
    { label: 'Time kswapd awake', value: kswapdMs / 1000, unit: 'seconds', definition: AWAKE },
  ];
}

function writeRows(who: string, processes: readonly ScriptProcess[]): readonly ScriptRow[] {
  return [
    count(`${who} reclaim write file sync I/O`, processes, (p) => p.writeFileSync, WRITTEN),
    count(`${who} reclaim write anon sync I/O`, processes, (p) => p.writeAnonSync, WRITTEN),
    count(`${who} reclaim write file async I/O`, processes, (p) => p.writeFileAsync, WRITTEN),
    count(`${who} reclaim write anon async I/O`, processes, (p) => p.writeAnonAsync, WRITTEN),
  ];
}

function count(
  label: string,
  processes: readonly ScriptProcess[],
  read: (p: ScriptProcess) => number,
  definition: string,
): ScriptRow {
  return { label, value: processes.reduce((total, p) => total + read(p), 0), unit: '', definition };
}

const SCANNED =
  'nr_scanned of mm_vmscan_lru_isolate, rotation of the active lists left out; memory cgroups have another event.';
const WRITTEN =
  'mm_vmscan_writepage events by the mode of the pass, whether or not the task slept; range writes have none.';
const REQUESTS = 'mm_vmscan_wakeup_kswapd events of tasks with at least one direct reclaim: the others are left out.';
const STALLED =
  'From each begin to its end; a task that is kswapd too loses the stretches of kswapd that share a place.';
const WAKEUPS = 'mm_vmscan_kswapd_wake events while it slept: while it is awake they are re-wakeups.';
const AWAKE = 'From the first wake to the full sleep; a sleep whose wake is not in the trace adds the whole uptime.';
