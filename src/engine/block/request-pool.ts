import type { BlockState } from '../machine/block-state.ts';
import { jiffiesToNs } from '../machine/config.ts';
import { clearBdiCongested } from '../machine/congestion.ts';
import type { Kernel } from '../machine/kernel.ts';
import { dropRequest } from '../machine/requests.ts';
import type { Task } from '../machine/task.ts';
import { requestQueueOf, WAIT_REQUEST } from '../machine/waits.ts';

// The pool of requests, one per class and disk: model.md R7.5 (blk-core.c get_request(), freed_request(), ioc_batching()).

const NR_REQUESTS = 128;
const CONGESTION_ON = 113;
const CONGESTION_OFF = 103;
/** Even batchers get no more than half as many again. */
const NR_CAP = 192;
const BATCH_REQUESTS = 32;

/** Takes one request out of the pool; false: the caller has to wait. */
export function getRequest(k: Kernel, block: BlockState, t: Task, cls: 0 | 1): boolean {
  const count = block.count[cls];
  const isFilling = count + 1 >= NR_REQUESTS;
  if (isFilling) {
    if (!block.full[cls]) {
      block.full[cls] = true;
      becomeBatcher(k, t);
    } else if (!isBatching(k, t)) return false;
  }
  if (count + 1 >= CONGESTION_ON) k.m.bdis[block.id]!.congested[cls] = true;
  if (count >= NR_CAP) return false;
  block.count[cls] = count + 1;
  // Below the limit a request does not count towards the batch: ioc is looked up only for a pool that fills.
  if (isFilling && isBatching(k, t)) t.batchLeft--;
  return true;
}

/** ioc_set_batching(): 32 requests, or HZ/50, whichever ends first. */
export function becomeBatcher(k: Kernel, t: Task): void {
  if (isBatching(k, t)) return;
  const { hz } = k.m.config;
  t.batchLeft = BATCH_REQUESTS;
  t.batchUntilNs = k.nowNs + jiffiesToNs(Math.floor(hz / 50), hz);
}

/** An untouched batch is good for one request however late it comes, or a wake-up could be lost. */
function isBatching(k: Kernel, t: Task): boolean {
  return t.batchLeft === BATCH_REQUESTS || (t.batchLeft > 0 && k.nowNs < t.batchUntilNs);
}

/** Back into the pool, after completion or when merged away: ends naps in congestion_wait() (R3.35), wakes one waiter. */
export function freeRequest(k: Kernel, block: BlockState, id: number): void {
  const cls = block.requests.cls[id] as 0 | 1;
  dropRequest(block.requests, id);
  const count = --block.count[cls];
  if (count < CONGESTION_OFF) clearBdiCongested(k, block.id, cls);
  if (count >= NR_REQUESTS) return;
  const waiter = k.sched.firstWaiter(WAIT_REQUEST, requestQueueOf(block.id, cls));
  if (waiter !== undefined) k.sched.wake(waiter);
  block.full[cls] = false;
}
