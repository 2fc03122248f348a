import { type Bytes, MS } from '../../abi/units.ts';
import { ACTOR_BITS, IN_SOFT_LIMIT } from './deeds.ts';
import type { TraceIndex } from './index-of.ts';
import { isInactive, KIND } from './kinds.ts';
import { PageState } from './page-state.ts';
import { QueueState } from './queue-state.ts';
import { createSums, SUM } from './sums.ts';

const ASLEEP = -1;
/** Row of SUM.written within an actor's four. */
const WRITTEN_ANON = 2;
const WRITTEN_SYNC = 1;

/** Where a trace stands after so many rows. Rows only go on; earlier places are reached from checkpoints. */
export class PlayState {
  readonly index: TraceIndex;
  rowsDone = 0;
  readonly sums: Float64Array;
  readonly queues: QueueState;
  readonly pages: PageState;
  /** Per actor when its kswapd woke; ASLEEP. */
  private readonly awakeSinceNs: Float64Array;

  constructor(index: TraceIndex, from?: PlayState) {
    this.index = index;
    this.rowsDone = from?.rowsDone ?? 0;
    this.sums = from?.sums.slice() ?? createSums();
    this.queues = new QueueState(index.block, from?.queues);
    this.pages = new PageState(index.rows, index.pages, from?.pages);
    this.awakeSinceNs = from?.awakeSinceNs.slice() ?? this.awakeAtStart();
  }

  copy(): PlayState {
    return new PlayState(this.index, this);
  }

  get bytes(): Bytes {
    return this.sums.byteLength + this.queues.bytes + this.pages.bytes;
  }

  /** kswapds awake now, up to `nowNs`. */
  openAwakeNs(nowNs: number): number {
    let sum = 0;
    for (const since of this.awakeSinceNs) if (since !== ASLEEP) sum += nowNs - since;
    return sum;
  }

  runTo(rowsDone: number): void {
    while (this.rowsDone < rowsDone) this.apply(this.rowsDone++);
  }

  private awakeAtStart(): Float64Array {
    const { cast, deeds } = this.index;
    const since = new Float64Array(cast.actors.length).fill(ASLEEP);
    for (const who of deeds.awakeAtStart) if (cast.actorOf[who]! >= 0) since[cast.actorOf[who]!] = 0;
    return since;
  }

  private apply(row: number): void {
    const { rows } = this.index;
    const kind = rows.kind(row);
    if (kind >= KIND.insert && kind <= KIND.merge) {
      this.queues.apply(row, kind, rows.atNs[row]!, this.sums);
      if (kind === KIND.complete) this.pages.arrive(row);
    } else if (kind >= KIND.cacheAdd && kind <= KIND.inodeWritten) this.pages.apply(row, kind, this.sums);
    else if (kind !== KIND.other) this.count(row, kind);
  }

  private count(row: number, kind: number): void {
    const { sums } = this;
    const { rows, deeds } = this.index;
    const as = deeds.as[row]!;
    switch (kind) {
      case KIND.isolate:
        if (isInactive(rows.text(row, 2), rows.number(row, 3), rows.areModesBits))
          this.addFor('scanned', 'softScanned', as, rows.number(row, 0));
        return;
      case KIND.shrinkInactive:
        sums[SUM.priority] = rows.number(row, 5);
        this.addFor('reclaimed', 'softReclaimed', as, rows.number(row, 1));
        return;
      case KIND.shrinkActive:
        sums[SUM.deactivated]! += rows.number(row, 0) || 0;
        return;
      case KIND.writePage: {
        const flags = rows.text(row, 1);
        const anon = flags.includes('ANON') || !flags.includes('FILE') ? WRITTEN_ANON : 0;
        const sync = flags.includes('_SYNC') ? WRITTEN_SYNC : 0;
        sums[SUM.written + 4 * (as & ACTOR_BITS) + anon + sync]!++;
        this.pages.apply(row, kind, sums);
        return;
      }
      case KIND.balanceDirty:
        sums[SUM.throttledNs]! += Math.max(0, rows.number(row, 1) * MS || 0);
        sums[SUM.dirtyPages] = rows.number(row, 0);
        sums[SUM.dirtyThresh] = rows.number(row, 2);
        return;
      case KIND.globalDirty:
        sums[SUM.dirtyPages] = rows.number(row, 0);
        sums[SUM.writebackPages] = rows.number(row, 1);
        sums[SUM.backgroundThresh] = rows.number(row, 2);
        sums[SUM.dirtyThresh] = rows.number(row, 3);
        return;
      case KIND.bioMerge:
        sums[SUM.merges]!++;
        return;
      default:
        this.countReclaim(row, kind);
    }
  }

  private countReclaim(row: number, kind: number): void {
    const { sums } = this;
    const { rows, deeds, cast } = this.index;
    const atNs = rows.atNs[row]!;
    const tookNs = atNs - (deeds.beganNs.get(row) ?? atNs);
    if (kind === KIND.directBegin) sums[SUM.directReclaims]!++;
    else if (kind === KIND.directEnd) sums[SUM.directNs]! += tookNs;
    else if (kind === KIND.memcgBegin) sums[SUM.memcgReclaims]!++;
    else if (kind === KIND.memcgEnd) sums[SUM.memcgNs]! += tookNs;
    else if (kind === KIND.softBegin) sums[SUM.softReclaims]!++;
    else if (kind === KIND.wakeupKswapd) sums[SUM.wakeRequests]!++;
    else if (kind === KIND.kswapdWake || kind === KIND.kswapdSleep) {
      const isWake = kind === KIND.kswapdWake;
      if (isWake) sums[SUM.wakes]!++;
      const actor = cast.actorOf[cast.person[rows.table.task[row]!]!]!;
      const since = this.awakeSinceNs[actor];
      if (since === undefined) return;
      if (isWake && since === ASLEEP) {
        sums[SUM.wakeups]!++;
        this.awakeSinceNs[actor] = atNs;
      } else if (!isWake && since !== ASLEEP) {
        sums[SUM.awakeNs]! += atNs - since;
        this.awakeSinceNs[actor] = ASLEEP;
      }
    }
  }

  /** Soft limit reclaim counts nowhere else, as in the kernel. */
  private addFor(
    each: 'scanned' | 'reclaimed',
    soft: 'softScanned' | 'softReclaimed',
    as: number,
    pages: number,
  ): void {
    const at = as & IN_SOFT_LIMIT ? SUM[soft] : SUM[each] + (as & ACTOR_BITS);
    this.sums[at]! += pages || 0;
  }
}
