import {
  type BatchFrame,
  LIST_NAMES,
  type MachineFrame,
  type MemcgFrame,
  type MemoryFrame,
  type TaskFrame,
} from '../../abi/frame.ts';
import type { AbsentParts } from '../../abi/traced.ts';
import { type Ns, PAGE_BYTES } from '../../abi/units.ts';
import type { Actor } from './cast.ts';
import { IN } from './deeds.ts';
import { disksAt } from './disk-frame.ts';
import { groupName } from './groups.ts';
import type { TraceIndex } from './index-of.ts';
import { metricsAt, type Place } from './metrics-of.ts';
import { firstAfter } from './rows.ts';
import { SUM } from './sums.ts';

const UNKNOWN = Number.NaN;
/** At most so many batches are told of, as of a simulated machine. */
const TRAIL_MAX = 8;

/** What of a frame does not depend on the pages. */
type PlainPart = Omit<MachineFrame, 'cells' | 'order' | 'strips' | 'listPages' | 'found'>;

/** One moment of a trace as the views draw it. What its events do not tell is NaN or empty, and named in `absent`. */
export function plainFrame(index: TraceIndex, place: Place, name: string, absent: AbsentParts): PlainPart {
  const { nowNs, state } = place;
  const [disk, ...moreDisks] = disksAt(index, state.queues);
  return {
    nowNs,
    traced: { name, absent },
    eventsDone: state.rowsDone,
    lens: { cells: new Uint8Array(0), batches: [], trail: trailAt(index, state.rowsDone) },
    memory: memoryAt(place),
    stackSize: { threadSizeBytes: UNKNOWN, limitBytes: UNKNOWN },
    memcgs: index.groups.map(groupAt),
    tasks: index.cast.actors.map((actor) => taskAt(index, actor, nowNs)),
    disk: disk!,
    moreDisks,
    lockCycle: [],
    metrics: metricsAt(place),
  };
}

function trailAt({ batches, cast }: TraceIndex, rowsDone: number): BatchFrame[] {
  const done = firstAfter(batches.endRow, rowsDone - 1);
  const trail: BatchFrame[] = [];
  for (let at = Math.max(0, done - TRAIL_MAX); at < done; at++) {
    const actor = cast.actors[batches.actor[at]!];
    trail.push({
      by: actor?.name ?? 'a task without a lane',
      letter: actor?.letter ?? '?',
      endNs: batches.endNs[at]!,
      takenPages: batches.taken[at]!,
      freedPages: batches.freed[at]!,
      dirtyPages: batches.dirty[at]!,
      writebackPages: batches.writeback[at]!,
    });
  }
  return trail;
}

function memoryAt(place: Place): MemoryFrame {
  const { state, known } = place;
  const { lengths, cell } = state.pages;
  const seen = (...lists: readonly (typeof LIST_NAMES)[number][]) =>
    known.pages ? lists.reduce((sum, list) => sum + lengths[LIST_NAMES.indexOf(list)]!, 0) : UNKNOWN;
  return {
    pageBytes: PAGE_BYTES,
    totalPages: known.pages ? cell.length : UNKNOWN,
    freePages: UNKNOWN,
    watermarks: { min: UNKNOWN, low: UNKNOWN, high: UNKNOWN },
    dirtyPages: state.sums[SUM.dirtyPages]!,
    writebackPages: state.sums[SUM.writebackPages]!,
    dirtyablePages: UNKNOWN,
    backgroundThreshPages: state.sums[SUM.backgroundThresh]!,
    dirtyThreshPages: state.sums[SUM.dirtyThresh]!,
    anonPages: seen('inactive_anon', 'active_anon'),
    filePages: seen('inactive_file', 'active_file'),
    swapTotalPages: UNKNOWN,
    swapFreePages: UNKNOWN,
    priority: state.sums[SUM.priority]!,
  };
}

const RECLAIM = { [IN.DIRECT]: 'direct', [IN.MEMCG]: 'memcg', [IN.NODE]: 'direct' } as const;

/** Of a group no event tells more than that there is one. */
const groupAt = (ino: string): MemcgFrame => ({
  name: groupName(ino),
  parent: '',
  usagePages: UNKNOWN,
  limitPages: UNKNOWN,
  softLimitPages: UNKNOWN,
  wmarks: { low: UNKNOWN, high: UNKNOWN },
  backgroundThreshPages: UNKNOWN,
  dirtyThreshPages: UNKNOWN,
  anonPages: UNKNOWN,
  cleanPages: UNKNOWN,
  dirtyPages: UNKNOWN,
  writebackPages: UNKNOWN,
  failcnt: UNKNOWN,
  stalledNs: UNKNOWN,
});

function taskAt({ deeds }: TraceIndex, actor: Actor, nowNs: Ns): TaskFrame {
  const { reclaim, duty, waits } = deeds.of[actor.id]!;
  const inside = reclaim.at(nowNs);
  const wait = waits.at(nowNs);
  const isOff = actor.kind !== 'task' && duty.at(nowNs) < 0 && inside < 0;
  const waitsFor =
    wait >= 0 ? deeds.waitWords[wait]! : isOff ? `work for ${actor.kind === 'kswapd' ? 'kswapd' : 'the flusher'}` : '';
  return {
    id: actor.id,
    name: actor.name,
    letter: actor.letter,
    kind: actor.kind,
    state: waitsFor === '' ? 'running' : 'asleep',
    reclaim: actor.kind === 'kswapd' ? (isOff ? 'none' : 'kswapd') : (RECLAIM[inside as 0] ?? 'none'),
    stack: [],
    stackBytes: UNKNOWN,
    stackHighBytes: UNKNOWN,
    stackHigh: [],
    spliceAt: -1,
    waitsFor,
  };
}
