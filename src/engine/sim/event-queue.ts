import { broken } from '../../abi/errors.ts';
import type { Ns } from '../../abi/units.ts';

/**
 * The future, ordered by (time, arrival). Equal times keep their order of arrival: without that the order of ties
 * would depend on the heap's history and two runs of one scenario could part ways.
 * Plain columns, so that a checkpoint is a copy of them.
 */
export interface EventQueueState {
  timeNs: Float64Array;
  seq: Float64Array;
  what: Int32Array;
  arg: Int32Array;
  length: number;
  nextSeq: number;
}

export function createEventQueue(capacity = 256): EventQueueState {
  return {
    timeNs: new Float64Array(capacity),
    seq: new Float64Array(capacity),
    what: new Int32Array(capacity),
    arg: new Int32Array(capacity),
    length: 0,
    nextSeq: 1,
  };
}

function grow(queue: EventQueueState): void {
  const capacity = queue.timeNs.length * 2;
  const wider = createEventQueue(capacity);
  wider.timeNs.set(queue.timeNs);
  wider.seq.set(queue.seq);
  wider.what.set(queue.what);
  wider.arg.set(queue.arg);
  Object.assign(queue, wider, { length: queue.length, nextSeq: queue.nextSeq });
}

/** Adds an event: `what` says which kind, `arg` is its one argument (both are the scheduler's business). */
export function pushEvent(queue: EventQueueState, atNs: Ns, what: number, arg: number): void {
  if (queue.length === queue.timeNs.length) grow(queue);
  const { timeNs, seq, what: whats, arg: args } = queue;
  const mine = queue.nextSeq++;
  let at = queue.length++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    // A newcomer has the highest sequence number, so only a strictly later parent gives way.
    if (timeNs[parent]! <= atNs) break;
    timeNs[at] = timeNs[parent]!;
    seq[at] = seq[parent]!;
    whats[at] = whats[parent]!;
    args[at] = args[parent]!;
    at = parent;
  }
  timeNs[at] = atNs;
  seq[at] = mine;
  whats[at] = what;
  args[at] = arg;
}

/** Time of the next event; Infinity when there is none. */
export function nextEventNs(queue: EventQueueState): Ns {
  return queue.length === 0 ? Infinity : queue.timeNs[0]!;
}

/** Removes the next event. Read timeNs[0], what[0] and arg[0] before. */
export function popEvent(queue: EventQueueState): void {
  if (queue.length === 0) broken('popped an empty event queue');
  const { timeNs, seq, what, arg } = queue;
  const last = --queue.length;
  const time = timeNs[last]!;
  const order = seq[last]!;
  const movedWhat = what[last]!;
  const movedArg = arg[last]!;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= last) break;
    const right = child + 1;
    if (
      right < last &&
      (timeNs[right]! < timeNs[child]! || (timeNs[right]! === timeNs[child]! && seq[right]! < seq[child]!))
    )
      child = right;
    if (timeNs[child]! > time || (timeNs[child]! === time && seq[child]! > order)) break;
    timeNs[at] = timeNs[child]!;
    seq[at] = seq[child]!;
    what[at] = what[child]!;
    arg[at] = arg[child]!;
    at = child;
  }
  timeNs[at] = time;
  seq[at] = order;
  what[at] = movedWhat;
  arg[at] = movedArg;
}
