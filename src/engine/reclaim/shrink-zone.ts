import type { Pages } from '../../abi/units.ts';
import { EMPTY_PASS_NS } from '../machine/costs.ts';
import type { Kernel } from '../machine/kernel.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE } from '../machine/lru.ts';
import type { Task } from '../machine/task.ts';
import { andThen, enter, type Frame, goto, type Next, ret, steps } from '../sim/kthread.ts';
import { DEF_PRIORITY, SWAP_CLUSTER_MAX } from './limits.ts';
import { getScanCount, inactiveIsLow, lruSetOf } from './scan-count.ts';
import { shrinkActiveList } from './shrink-active.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';
import { considerReclaimThrottle, noteTail, resetTailCounts } from './tail.ts';

/** One priority's work on the zone, or on the task's memcg: vmscan.c shrink_zone(), model.md R3.20, R3.21. */
export function shrinkZone(k: Kernel, t: Task): number {
  t.sc.lumpyReclaimMode = k.policy.blockReclaim.isLumpy(t.sc.order, t.sc.priority, k.m.config.compaction);
  resetTailCounts(t.sc);
  const nr = getScanCount(k, lruSetOf(k, t.sc), t.sc);
  return enter(t, shrinkZoneFunction, { nr, list: INACTIVE_ANON, scannedBefore: t.sc.nrScanned });
}

interface ShrinkZone extends Frame {
  /** Left to scan per list. */
  nr: Pages[];
  list: number;
  scannedBefore: Pages;
}
const at = steps('round', 'list', 'roundDone', 'age', 'throttle', 'tail', 'progress', 'end');

// 528 bytes: stack-traces.json.
const shrinkZoneFunction = kernelFunction<ShrinkZone, keyof typeof at>('shrink_zone', 528, at, {
  // ACTIVE_ANON alone does not keep the loop alive.
  round: (_k, f, t) => {
    f.list = INACTIVE_ANON;
    return goto(t, f.nr[INACTIVE_ANON]! + f.nr[ACTIVE_FILE]! + f.nr[INACTIVE_FILE]! > 0 ? at.list : at.age);
  },
  list: (k, f, t) => shrinkNextList(k, f, t),
  roundDone: (_k, _f, t) => {
    const { sc } = t;
    const enough = sc.nrReclaimed >= sc.nrToReclaim && sc.priority < DEF_PRIORITY;
    return goto(t, enough ? at.age : at.round);
  },
  age: (k, f, t) => {
    if (k.swap.freeSlots > 0 && inactiveIsLow(k, lruSetOf(k, t.sc), t.sc, false)) {
      return andThen(t, f, at.throttle, shrinkActiveList(k, t, SWAP_CLUSTER_MAX, false));
    }
    return goto(t, at.throttle);
  },
  throttle: (k, f, t) => andThen(t, f, at.tail, k.call.throttleVmWriteout(k, t, t.sc.gfp)),
  tail: (k, f, t) => andThen(t, f, at.progress, noteTail(k, t)),
  progress: (k, f, t) => andThen(t, f, at.end, considerReclaimThrottle(k, t)),
  end: (k, f, t) => {
    if (t.sc.nrScanned !== f.scannedBefore) return ret(t, 0);
    f.scannedBefore = -1; // a pass that scans nothing still takes its time
    return k.sched.spend(t, EMPTY_PASS_NS, at.end);
  },
});

function shrinkNextList(k: Kernel, f: ShrinkZone, t: Task): Next {
  for (; f.list <= ACTIVE_FILE; f.list++) {
    const left = f.nr[f.list]!;
    if (left === 0) continue;
    const count = Math.min(SWAP_CLUSTER_MAX, left);
    f.nr[f.list] = left - count;
    const file = f.list >= INACTIVE_FILE;
    const active = f.list === ACTIVE_ANON || f.list === ACTIVE_FILE;
    f.list++;
    if (!active) return andThen(t, f, at.list, shrinkInactiveList(k, t, count, file));
    if (inactiveIsLow(k, lruSetOf(k, t.sc), t.sc, file))
      return andThen(t, f, at.list, shrinkActiveList(k, t, count, file));
    f.list--;
  }
  return goto(t, at.roundDone);
}
