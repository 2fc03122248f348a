import { MS, type Ns, type Sector } from '../../../abi/units.ts';
import type { BlockState } from '../../machine/block-state.ts';
import type { CfqQueue } from '../../machine/cfq-state.ts';
import { type Drive, type Elevator, READ, sortedFrom, WRITE } from '../../machine/elevator.ts';
import { NONE } from '../../machine/page-table.ts';
import { sortedAt } from '../../machine/requests.ts';
import { ASYNC } from '../../machine/waits.ts';

// Times as at HZ = 1000: cfq_slice_sync, cfq_slice_async, cfq_slice_idle, cfq_fifo_expire.
const SLICE_SYNC_NS: Ns = 100 * MS;
const SLICE_ASYNC_NS: Ns = 40 * MS;
const IDLE_NS: Ns = 8 * MS;
const EXPIRE_SYNC_NS: Ns = 125 * MS;
const EXPIRE_ASYNC_NS: Ns = 250 * MS;
/** cfq_quantum; cfq_prio_to_maxrq() at priority 4. */
const QUANTUM = 8;
const ASYNC_PER_SLICE = 16;
/** cfq_back_max, 16 MiB: further back is behind everything ahead; cfq_back_penalty. */
const BACK_MAX: Sector = 32768;
const BACK_PENALTY = 2;
/** CFQQ_SEEK_THR; CFQQ_SECT_THR_NONROT; CFQQ_SEEKY(): more than an eighth of the last 32. */
const FAR: Sector = 800;
const SMALL: Sector = 64;
const SEEKY_BITS = 4;
/** What a slice at the highest priority would be: cfq_slice_offset() pushes the others behind it. */
const SLICE_LONGEST_NS: Ns = 180 * MS;

const ASYNC_QUEUE = 0;

/**
 * CFQ as the distributions shipped it, as far as model.md R7.8 and R7.9 go: a queue per process for what it waits for, one for
 * all asynchronous writes; slices; idling for a process that reads in order; sync before async, and the async depth ramp.
 * @remarks Left out: priorities and their classes, cgroups, cooperating queues, think times, slices that shrink with the
 * number of processes, and idling behind the last of the seeky ones.
 */
export const cfq: Elevator = {
  id: 'cfq',
  label: 'CFQ, simplified (no priorities, cgroups, cooperation, think times)',
  source: 'block/cfq-iosched.c cfq_select_queue(), cfq_may_dispatch(), cfq_choose_req(); model.md R7.8, R7.9',
  frontMerges: true,
  choose(block, nowNs, drive) {
    const queue = selectQueue(block, nowNs, drive);
    if (queue === NONE || !mayDispatch(block, queue, nowNs, drive)) return NONE;
    const { cfq: state } = block;
    const id = expiredRequest(block, queue, nowNs) ?? nearestRequest(block, queue);
    state.idleUntilNs = 0;
    state.mustDispatch = false;
    state.sliceDispatched++;
    if (queue === ASYNC_QUEUE && state.sliceDispatched >= ASYNC_PER_SLICE && othersWait(block, queue))
      expireSlice(block, nowNs, false, id);
    return id;
  },
  former: (block, id) => neighbour(block, id, -1),
  latter: (block, id) => neighbour(block, id, 1),
  mayMerge: (block, id, cls, task) => queueOf(block, id) === queueNumber(cls, task),
  added(block, id, nowNs, { nonrot }) {
    const { cfq: state } = block;
    const queue = queueOf(block, id);
    noteSeek(block, recordOf(block, queue), id, nonrot);
    if (queue === state.active) {
      if (state.idleUntilNs === 0) return false;
      // A single page may have neighbours on their way: it waits in the plug, unless somebody else waits too.
      state.mustDispatch = block.requests.sectors[id]! <= block.requests.sectorsPerPage && !othersWait(block, queue);
      if (!state.mustDispatch) state.idleUntilNs = 0;
      return !state.mustDispatch;
    }
    if (!hasRequests(block, queue, id)) joinRound(block, queue, nowNs);
    if (!shouldPreempt(block, queue, nowNs)) return false;
    expireSlice(block, nowNs, true);
    recordOf(block, queue).turnNs = firstTurnNs(block) - 1;
    return true;
  },
  completed(block, id, nowNs, drive) {
    const { cfq: state, requests } = block;
    const queue = queueOf(block, id);
    const isSync = queue !== ASYNC_QUEUE;
    if (isSync && requests.queuedNs[id]! + EXPIRE_SYNC_NS <= nowNs) state.lastDelayedSyncNs = nowNs;
    if (queue !== state.active) return;
    if (state.sliceEndNs === 0) state.sliceEndNs = nowNs + (isSync ? SLICE_SYNC_NS : SLICE_ASYNC_NS);
    if (isSliceUsed(block, nowNs)) expireSlice(block, nowNs, true);
    else if (!hasRequests(block, queue) && dispatchedOf(block, queue) === 0 && shouldIdle(block, queue, drive))
      state.idleUntilNs = nowNs + IDLE_NS;
  },
  timerNs: (block) => block.cfq.idleUntilNs,
  /** cfq_idle_slice_timer(): the next request has not come. */
  onTimer(block, nowNs) {
    const { cfq: state } = block;
    state.idleUntilNs = 0;
    const isOver = isSliceUsed(block, nowNs) && !state.mustDispatch;
    if (isOver || !hasRequests(block, state.active)) expireSlice(block, nowNs, true);
  },
};

function queueNumber(cls: number, task: number): number {
  return cls === ASYNC ? ASYNC_QUEUE : 1 + task;
}

function queueOf({ requests }: BlockState, id: number): number {
  return queueNumber(requests.cls[id]!, requests.task[id]!);
}

function recordOf({ cfq: { queues } }: BlockState, queue: number): CfqQueue {
  while (queues.length <= queue) queues.push({ turnNs: 0, residNs: 0, seekHistory: 0, lastEnd: 0 });
  return queues[queue]!;
}

/** cfq_select_queue(): the active queue while it has its slice and something to do or to wait for; then the next in the round. */
function selectQueue(block: BlockState, nowNs: Ns, drive: Drive): number {
  const { cfq: state } = block;
  const { active } = state;
  if (active !== NONE) {
    const isUsed = isSliceUsed(block, nowNs) && !state.mustDispatch;
    if (!isUsed && hasRequests(block, active)) return active;
    const isAwaited = state.idleUntilNs > 0 || (dispatchedOf(block, active) > 0 && shouldIdle(block, active, drive));
    if (!isUsed && isAwaited) return NONE;
    expireSlice(block, nowNs, false);
  }
  return activate(block);
}

/** cfq_set_active_queue(): a new slice. */
function activate(block: BlockState): number {
  const { cfq: state, arrival } = block;
  let first = NONE;
  for (let id = arrival.head; id !== NONE; id = arrival.behind[id]!) {
    const queue = queueOf(block, id);
    if (first === NONE || recordOf(block, queue).turnNs < recordOf(block, first).turnNs) first = queue;
  }
  state.active = first;
  state.sliceEndNs = 0;
  state.sliceDispatched = 0;
  state.fifoChecked = false;
  return first;
}

/** __cfq_slice_expired(): what is left of the slice is owed to the queue, if `keepsRest`; `taken` no longer waits in it. */
function expireSlice(block: BlockState, nowNs: Ns, keepsRest: boolean, taken = NONE): void {
  const { cfq: state } = block;
  const { active } = state;
  if (active === NONE) return;
  if (keepsRest && state.sliceEndNs > 0) recordOf(block, active).residNs = state.sliceEndNs - nowNs;
  if (hasRequests(block, active, taken)) joinRound(block, active, nowNs);
  state.active = NONE;
  state.idleUntilNs = 0;
  state.mustDispatch = false;
}

/** cfq_service_tree_add(): behind those that wait, async further than sync, and the more so the more queues there are. */
function joinRound(block: BlockState, queue: number, nowNs: Ns): void {
  const record = recordOf(block, queue);
  const sliceNs = queue === ASYNC_QUEUE ? SLICE_ASYNC_NS : SLICE_SYNC_NS;
  record.turnNs = nowNs + (queuesWaiting(block) - 1) * (SLICE_LONGEST_NS - sliceNs) - record.residNs;
  record.residNs = 0;
}

function queuesWaiting(block: BlockState): number {
  const waiting = new Set<number>();
  for (let id = block.arrival.head; id !== NONE; id = block.arrival.behind[id]!) waiting.add(queueOf(block, id));
  return Math.max(1, waiting.size);
}

function firstTurnNs(block: BlockState): number {
  let first = Infinity;
  for (let id = block.arrival.head; id !== NONE; id = block.arrival.behind[id]!)
    first = Math.min(first, recordOf(block, queueOf(block, id)).turnNs);
  return first;
}

/** cfq_should_preempt(): what a process waits for goes before asynchronous writes, and anything before a slice that is over. */
function shouldPreempt(block: BlockState, queue: number, nowNs: Ns): boolean {
  const { active } = block.cfq;
  if (active === NONE) return false;
  return (queue !== ASYNC_QUEUE && active === ASYNC_QUEUE) || isSliceUsed(block, nowNs);
}

/** cfq_slice_used(). */
function isSliceUsed({ cfq: { sliceEndNs } }: BlockState, nowNs: Ns): boolean {
  return sliceEndNs > 0 && nowNs >= sliceEndNs;
}

/** cfq_should_idle(): a process that reads in order will ask for the next piece at once, where a seek away would cost. */
function shouldIdle(block: BlockState, queue: number, { nonrot, depth }: Drive): boolean {
  return queue !== ASYNC_QUEUE && !(nonrot && depth > 1) && !isSeeky(recordOf(block, queue).seekHistory);
}

function isSeeky(history: number): boolean {
  let bits = 0;
  for (let left = history; left !== 0; left &= left - 1) bits++;
  return bits > SEEKY_BITS;
}

/** cfq_update_io_seektime(): on flash a request is bad for being small, not for being elsewhere. */
function noteSeek({ requests }: BlockState, record: CfqQueue, id: number, nonrot: boolean): void {
  const sector = requests.sector[id]!;
  const sectors = requests.sectors[id]!;
  const isFar = nonrot ? sectors < SMALL : record.lastEnd > 0 && Math.abs(sector - record.lastEnd) > FAR;
  record.seekHistory = (record.seekHistory << 1) | (isFar ? 1 : 0);
  record.lastEnd = sector + sectors;
}

/** cfq_may_dispatch(): how many of a queue's requests the drive may have, sync and async never together. */
function mayDispatch(block: BlockState, queue: number, nowNs: Ns, drive: Drive): boolean {
  const { cfq: state, inFlight, requests } = block;
  const asyncInFlight = inFlight.filter((id) => requests.cls[id] === ASYNC).length;
  if (asyncInFlight > 0 && shouldIdle(block, queue, drive)) return false;
  const isAsync = queue === ASYNC_QUEUE;
  if (isAsync && inFlight.length > asyncInFlight) return false;
  const dispatched = dispatchedOf(block, queue);
  let most = QUANTUM / 2;
  if (dispatched >= most) {
    if (!othersWait(block, queue)) most = Infinity;
    else if (isSliceUsedSoon(block, dispatched, nowNs)) return false;
    else most = QUANTUM;
  }
  if (isAsync) {
    const depth = Math.floor((nowNs - state.lastDelayedSyncNs) / SLICE_SYNC_NS);
    most = Math.min(most, depth === 0 && dispatched === 0 ? 1 : depth);
  }
  return dispatched < most;
}

/** cfq_slice_used_soon(): before its first request is done nobody can tell. */
function isSliceUsedSoon({ cfq: { sliceEndNs } }: BlockState, dispatched: number, nowNs: Ns): boolean {
  return sliceEndNs === 0 || nowNs + IDLE_NS * dispatched > sliceEndNs;
}

/** cfq_check_fifo(): once per slice the queue's oldest request, if its time is over. */
function expiredRequest(block: BlockState, queue: number, nowNs: Ns): number | undefined {
  const { cfq: state, fifo, requests } = block;
  if (state.fifoChecked) return undefined;
  state.fifoChecked = true;
  let oldest = NONE;
  for (const line of fifo) {
    let id = line.head;
    while (id !== NONE && queueOf(block, id) !== queue) id = line.behind[id]!;
    if (id !== NONE && (oldest === NONE || requests.queuedNs[id]! < requests.queuedNs[oldest]!)) oldest = id;
  }
  const expireNs = queue === ASYNC_QUEUE ? EXPIRE_ASYNC_NS : EXPIRE_SYNC_NS;
  return oldest !== NONE && nowNs >= requests.queuedNs[oldest]! + expireNs ? oldest : undefined;
}

/** cfq_choose_req(): the nearest ahead, or a little behind at twice the price (at the same price: ahead); else round to the lowest. */
function nearestRequest(block: BlockState, queue: number): number {
  const { requests, sorted, lastSector } = block;
  let best = NONE;
  let bestCost = Infinity;
  for (const { ids, length } of sorted) {
    for (let at = 0; at < length; at++) {
      const id = ids[at]!;
      if (queueOf(block, id) !== queue) continue;
      const cost = costOf(requests.sector[id]!, lastSector);
      if (cost > bestCost || (cost === bestCost && requests.sector[id]! < requests.sector[best]!)) continue;
      best = id;
      bestCost = cost;
    }
  }
  return best;
}

const WRAPPED = 1e15;
function costOf(sector: Sector, from: Sector): number {
  if (sector >= from) return sector - from;
  return from - sector <= BACK_MAX ? (from - sector) * BACK_PENALTY : WRAPPED + sector;
}

/** The queue has a request that waits, other than `except`. */
function hasRequests(block: BlockState, queue: number, except = NONE): boolean {
  const { arrival } = block;
  for (let id = arrival.head; id !== NONE; id = arrival.behind[id]!)
    if (id !== except && queueOf(block, id) === queue) return true;
  return false;
}

/** busy_queues > 1: somebody besides this queue waits. */
function othersWait(block: BlockState, queue: number): boolean {
  const { arrival } = block;
  for (let id = arrival.head; id !== NONE; id = arrival.behind[id]!) if (queueOf(block, id) !== queue) return true;
  return false;
}

function dispatchedOf(block: BlockState, queue: number): number {
  return block.inFlight.filter((id) => queueOf(block, id) === queue).length;
}

/** The next of the same queue by sector: a request joins no other process's. */
function neighbour(block: BlockState, id: number, step: number): number {
  const { direction, sector } = block.requests;
  const list = block.sorted[direction[id] === WRITE ? WRITE : READ];
  let at = sortedFrom(block, direction[id]!, sector[id]!) + step;
  while (sortedAt(list, at) !== NONE && queueOf(block, sortedAt(list, at)) !== queueOf(block, id)) at += step;
  return sortedAt(list, at);
}
