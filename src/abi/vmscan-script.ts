import { RECLAIM_WB_FILE, RECLAIM_WB_SYNC } from './trace-flags.ts';
import type { TracepointKey } from './tracepoints.ts';
import { type Ns, US } from './units.ts';

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

interface Latency {
  readonly order: number;
  readonly ms: number;
}

/** All that the script keeps per process. */
export interface ScriptProcess {
  readonly name: string;
  directReclaims: number;
  readonly directPerOrder: Record<number, number>;
  wakeRequests: number;
  readonly wakeRequestsPerOrder: Record<number, number>;
  kswapdWakeups: number;
  readonly kswapdWakeupsPerOrder: Record<number, number>;
  kswapdRewakeups: number;
  readonly kswapdRewakeupsPerOrder: Record<number, number>;
  pagesScanned: number;
  contigDirty: number;
  writeFileSync: number;
  writeFileAsync: number;
  writeAnonSync: number;
  writeAnonAsync: number;
  readonly directLatencies: (Latency | undefined)[];
  readonly kswapdLatencies: Latency[];
  /** Begin events seen last: undefined until there was one; kswapd's is 0 again while it sleeps. */
  directBegan: Latency | undefined;
  kswapdBeganMs: number;
  kswapdOrder: number;
}

function createProcess(name: string): ScriptProcess {
  return {
    name,
    directReclaims: 0,
    directPerOrder: {},
    wakeRequests: 0,
    wakeRequestsPerOrder: {},
    kswapdWakeups: 0,
    kswapdWakeupsPerOrder: {},
    kswapdRewakeups: 0,
    kswapdRewakeupsPerOrder: {},
    pagesScanned: 0,
    contigDirty: 0,
    writeFileSync: 0,
    writeFileAsync: 0,
    writeAnonSync: 0,
    writeAnonAsync: 0,
    directLatencies: [],
    kswapdLatencies: [],
    directBegan: undefined,
    kswapdBeganMs: 0,
    kswapdOrder: 0,
  };
}

/** Reads the events in their order; the processes in the order in which the script first sees them. */
export function readAsScript(events: Iterable<ScriptEvent>): readonly ScriptProcess[] {
  const processes = new Map<string, ScriptProcess>();
  for (const event of events) {
    const take = TAKES[event.key];
    if (take === undefined) continue;
    const name = processName(event);
    const process = processes.get(name) ?? createProcess(name);
    processes.set(name, process);
    take(process, event.args, milliseconds(event.timeNs));
  }
  return [...processes.values()];
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
  directReclaimBegin: (p, [order = 0], nowMs) => {
    p.directReclaims++;
    p.directBegan = { order, ms: nowMs };
    countOrder(p.directPerOrder, order);
  },
  directReclaimEnd: (p, _args, nowMs) => {
    // An end without a begin keeps its place in the list, and shifts nothing.
    const began = p.directBegan;
    p.directLatencies.push(began === undefined ? undefined : { order: began.order, ms: nowMs - began.ms });
  },
  kswapdWake: (p, [, order = 0], nowMs) => {
    p.kswapdOrder = order;
    if (p.kswapdBeganMs !== 0) {
      p.kswapdRewakeups++;
      countOrder(p.kswapdRewakeupsPerOrder, order);
      return;
    }
    p.kswapdWakeups++;
    p.kswapdBeganMs = nowMs;
    countOrder(p.kswapdWakeupsPerOrder, order);
  },
  // A sleep whose wake was lost counts as awake since the machine was switched on.
  kswapdSleep: (p, _args, nowMs) => {
    p.kswapdLatencies.push({ order: p.kswapdOrder, ms: nowMs - p.kswapdBeganMs });
    p.kswapdBeganMs = 0;
  },
  wakeupKswapd: (p, [, , order = 0]) => {
    p.wakeRequests++;
    countOrder(p.wakeRequestsPerOrder, order);
  },
  lruIsolate: (p, [mode, , , scanned = 0, , , contigDirty = 0]) => {
    if (mode !== ISOLATE_ACTIVE) p.pagesScanned += scanned;
    p.contigDirty += contigDirty;
  },
  writepage: (p, [, , flags = 0]) => {
    const sync = (flags & RECLAIM_WB_SYNC) !== 0;
    if ((flags & RECLAIM_WB_FILE) !== 0) p[sync ? 'writeFileSync' : 'writeFileAsync']++;
    else p[sync ? 'writeAnonSync' : 'writeAnonAsync']++;
  },
};

function countOrder(perOrder: Record<number, number>, order: number): void {
  perOrder[order] = (perOrder[order] ?? 0) + 1;
}

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

/** One index runs over both lists of a process: where both have an entry, kswapd's is not counted. */
function totalLatencies(processes: readonly ScriptProcess[]): { directMs: number; kswapdMs: number } {
  let directMs = 0;
  let kswapdMs = 0;
  for (const { directLatencies, kswapdLatencies } of processes) {
    if (directLatencies[0] === undefined && kswapdLatencies[0] === undefined) continue;
    for (let at = 0; directLatencies[at] !== undefined || kswapdLatencies[at] !== undefined; at++) {
      const mine = directLatencies[at];
      if (mine !== undefined) directMs += mine.ms;
      else kswapdMs += kswapdLatencies[at]!.ms;
    }
  }
  return { directMs, kswapdMs };
}
