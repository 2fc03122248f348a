// What trace-vmscan-postprocess.pl keeps per process, and what each event does to it: the same from 2.6.36 to 6.12.

interface Latency {
  /** Undefined: kswapd went to sleep and no wake before it was seen. */
  readonly order: number | undefined;
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
  kswapdOrder: number | undefined;
}

export function createProcess(name: string): ScriptProcess {
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
    kswapdOrder: undefined,
  };
}

/** Without an order: the script could not read it in the words of this kernel, and keeps the one before. */
export function beginDirect(p: ScriptProcess, order: number | undefined, nowMs: number): void {
  p.directReclaims++;
  p.directBegan = { order: order ?? p.directBegan?.order, ms: nowMs };
  if (order !== undefined) countOrder(p.directPerOrder, order);
}

/** An end without a begin keeps its place in the list, and shifts nothing. */
export function endDirect(p: ScriptProcess, nowMs: number): void {
  const began = p.directBegan;
  p.directLatencies.push(began === undefined ? undefined : { order: began.order, ms: nowMs - began.ms });
}

export function wakeKswapd(p: ScriptProcess, order: number, nowMs: number): void {
  p.kswapdOrder = order;
  if (p.kswapdBeganMs !== 0) {
    p.kswapdRewakeups++;
    countOrder(p.kswapdRewakeupsPerOrder, order);
    return;
  }
  p.kswapdWakeups++;
  p.kswapdBeganMs = nowMs;
  countOrder(p.kswapdWakeupsPerOrder, order);
}

/** A sleep whose wake was lost counts as awake since the machine was switched on. */
export function sleepKswapd(p: ScriptProcess, nowMs: number): void {
  p.kswapdLatencies.push({ order: p.kswapdOrder, ms: nowMs - p.kswapdBeganMs });
  p.kswapdBeganMs = 0;
}

export function requestWake(p: ScriptProcess, order: number | undefined): void {
  p.wakeRequests++;
  if (order !== undefined) countOrder(p.wakeRequestsPerOrder, order);
}

export function countWrite(p: ScriptProcess, isFile: boolean, isSync: boolean): void {
  if (isFile) p[isSync ? 'writeFileSync' : 'writeFileAsync']++;
  else p[isSync ? 'writeAnonSync' : 'writeAnonAsync']++;
}

function countOrder(perOrder: Record<number, number>, order: number): void {
  perOrder[order] = (perOrder[order] ?? 0) + 1;
}

/**
 * One index runs over both lists of a process: where both have an entry, kswapd's is not counted. A stretch that ends before it
 * began (a clock that goes back) counts nothing: the script splits "0--5" at the dashes.
 */
export function totalLatencies(processes: readonly ScriptProcess[]): { directMs: number; kswapdMs: number } {
  let directMs = 0;
  let kswapdMs = 0;
  for (const { directLatencies, kswapdLatencies } of processes) {
    if (directLatencies[0] === undefined && kswapdLatencies[0] === undefined) continue;
    for (let at = 0; directLatencies[at] !== undefined || kswapdLatencies[at] !== undefined; at++) {
      const mine = directLatencies[at];
      if (mine !== undefined) directMs += Math.max(0, mine.ms);
      else kswapdMs += Math.max(0, kswapdLatencies[at]!.ms);
    }
  }
  return { directMs, kswapdMs };
}
