import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { BlockState } from '../machine/block-state.ts';
import { SUBMIT_BIO_NS } from '../machine/costs.ts';
import { READ, WRITE } from '../machine/elevator.ts';
import type { IoGroup } from '../machine/io-group.ts';
import type { Kernel } from '../machine/kernel.ts';
import { ASSUMED_BYTES, kernelFunction } from '../machine/kernel-function.ts';
import { noteSubmitted } from '../machine/page-state.ts';
import { createRequest } from '../machine/requests.ts';
import type { Bio } from '../machine/sockets.ts';
import { actorOf, type Task } from '../machine/task.ts';
import { ASYNC, ioGroupQueueOf, requestQueueOf, SYNC, WAIT_IO_GROUP, WAIT_REQUEST } from '../machine/waits.ts';
import { type BLOCKED, enter, type Frame, goto, ret, steps } from '../sim/kthread.ts';
import { tellElevator } from './dispatch.ts';
import { chargeGroup, groupOf, holdBio, isGroupFull, nextGroup } from './io-groups.ts';
import { mergeBio, queuedRequests } from './merge.ts';
import { plug, shouldPlug, unplug } from './plug.ts';
import { insertRequest } from './queue.ts';
import { becomeBatcher, getRequest } from './request-pool.ts';

const UNPLUG_THRESHOLD = 4;

/** submit_bio(): whoever submits pays. Answers 0; blocks where the pool has no request to give (R7.2). */
export function submitBio(k: Kernel, t: Task, bio: Bio): number {
  t.cpuDebtNs += SUBMIT_BIO_NS;
  const block = k.blocks[bio.disk]!;
  const group = groupOf(k, block, bio);
  if (group !== undefined) return isGroupFull(group) ? sleepForTurn(t, bio) : queueInGroup(k, block, group, t, bio);
  const pages = bio.pfns.length; // a front merge lets the list grow
  if (mergeBio(k, block, bio, classOf(bio), t.id)) {
    if (bio.write) noteSubmitted(k, actorOf(t), pages);
    if (bio.sync || !shouldPlug(k, block)) unplug(k, block);
    return 0;
  }
  if (!getRequest(k, block, t, classOf(bio))) return sleepForRequest(t, bio);
  addRequest(k, block, t, bio);
  return 0;
}

/** Reads and synchronous writes, or the rest. */
function classOf(bio: Bio): 0 | 1 {
  return bio.write && !bio.sync ? ASYNC : SYNC;
}

/** The request is taken from the pool: fill it in, plug an empty queue, insert, and perhaps start the disk (R7.3). */
function addRequest(k: Kernel, block: BlockState, t: Task, bio: Bio): void {
  if (bio.write) noteSubmitted(k, actorOf(t), bio.pfns.length);
  enqueue(k, block, bio, actorOf(t), t.id);
}

function enqueue(k: Kernel, block: BlockState, bio: Bio, by: number, task: number): void {
  const plugs = shouldPlug(k, block);
  if (plugs && block.arrival.length === 0) plug(k, block);
  const { sector, pfns } = bio;
  const direction = bio.write ? WRITE : READ;
  const id = createRequest(block.requests, direction, classOf(bio), by, task, sector, pfns, k.nowNs);
  insertRequest(block, id);
  const { sectors } = block.requests;
  k.trace.emit(TRACE_ID.blockRqInsert, k.nowNs, task, block.id, sector, sectors[id], direction, by);
  tellElevator(k, block, id);
  if (bio.sync || !plugs || queuedRequests(block) >= UNPLUG_THRESHOLD) unplug(k, block);
}

/** The bio is its group's now; it goes on to the disk's queue at once if that has room. */
function queueInGroup(k: Kernel, block: BlockState, group: IoGroup, t: Task, bio: Bio): number {
  noteSubmitted(k, actorOf(t), bio.pfns.length);
  holdBio(block, group, bio, actorOf(t), t.id);
  letGroupsThrough(k, block);
  return 0;
}

/** Bios of the groups go on into the disk's queue, in the groups' turn, while it has room for them. */
export function letGroupsThrough(k: Kernel, block: BlockState): void {
  for (let group = nextGroup(block); group !== undefined; group = nextGroup(block)) {
    const { bio, by, task } = group.waiting.shift()!;
    chargeGroup(k, group, bio);
    if (!mergeBio(k, block, bio, ASYNC, task)) {
      block.count[ASYNC]++;
      enqueue(k, block, bio, by, task);
    }
    k.sched.wakeAll(WAIT_IO_GROUP, ioGroupQueueOf(block.id, group.memcg));
  }
}

function sleepForTurn(t: Task, bio: Bio): typeof BLOCKED {
  enter(t, submitBioFunction, {});
  enter(t, genericMakeRequest, {});
  return enter(t, groupWait, { bio });
}

function sleepForRequest(t: Task, bio: Bio): typeof BLOCKED {
  enter(t, submitBioFunction, {});
  enter(t, genericMakeRequest, {});
  enter(t, makeRequest, { bio });
  return enter(t, getRequestWait, { disk: bio.disk, cls: classOf(bio) });
}

// Stack bytes: the trace of a 9 KB stack that started the debate (history.md §3, stack-traces.json A).
const passed = steps('done');
const submitBioFunction = kernelFunction<Frame, keyof typeof passed>('submit_bio', 80, passed, {
  done: (_k, _f, t) => ret(t, t.ret),
});
const genericMakeRequest = kernelFunction<Frame, keyof typeof passed>('generic_make_request', 208, passed, {
  done: (_k, _f, t) => ret(t, t.ret),
});

interface MakeRequest extends Frame {
  bio: Bio;
}
const granted = steps('granted');
/** No second attempt to merge, though by now there may be a request that touches (R7.2). */
const makeRequest = kernelFunction<MakeRequest, keyof typeof granted>('__make_request', 96, granted, {
  granted: (k, f, t) => {
    addRequest(k, k.blocks[f.bio.disk]!, t, f.bio);
    return ret(t, 0);
  },
});

const turn = steps('wait', 'woken');
const groupWait = kernelFunction<MakeRequest, keyof typeof turn>('io_group_wait', ASSUMED_BYTES, turn, {
  wait: (k, f, t) => {
    const block = k.blocks[f.bio.disk]!;
    unplug(k, block);
    const { memcg } = groupOf(k, block, f.bio)!;
    return k.sched.sleep(t, WAIT_IO_GROUP, ioGroupQueueOf(block.id, memcg), 0, turn.woken);
  },
  woken: (k, f, t) => {
    const block = k.blocks[f.bio.disk]!;
    const group = groupOf(k, block, f.bio)!;
    if (isGroupFull(group)) return goto(t, turn.wait);
    return ret(t, queueInGroup(k, block, group, t, f.bio));
  },
});

interface GetRequestWait extends Frame {
  disk: number;
  cls: 0 | 1;
}
const wait = steps('wait', 'woken');
const getRequestWait = kernelFunction<GetRequestWait, keyof typeof wait>('get_request_wait', 144, wait, {
  wait: (k, f, t) => {
    unplug(k, k.blocks[f.disk]!);
    return k.sched.sleep(t, WAIT_REQUEST, requestQueueOf(f.disk, f.cls), 0, wait.woken);
  },
  woken: (k, f, t) => {
    becomeBatcher(k, t);
    return getRequest(k, k.blocks[f.disk]!, t, f.cls) ? ret(t, 0) : goto(t, wait.wait);
  },
});
