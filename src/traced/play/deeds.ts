import { ACTOR } from '../../abi/actor.ts';
import { MS, type Ns, US } from '../../abi/units.ts';
import type { Cast } from './cast.ts';
import { KIND } from './kinds.ts';
import type { PlayRows } from './rows.ts';
import { Spans } from './spans.ts';

// Who acts as what in each row, and what each task is in when: found in one walk over the rows.

/** Set in DeedColumns.as for what is done inside soft limit reclaim, whoever does it. */
export const IN_SOFT_LIMIT = 8;
export const ACTOR_BITS = 7;

/** What a task is in, in the spans of `reclaim`. */
export const IN = { DIRECT: 0, MEMCG: 1, NODE: 2 } as const;
/** Row of STALL_KINDS of a wait in balance_dirty_pages(); those of direct and memcg reclaim are IN's. */
const THROTTLED = 2;

interface TaskDeeds {
  /** In reclaim: IN numbers. */
  readonly reclaim: Spans;
  /** kswapd awake; a flusher with work in hand: numbers of rows that tell of it. */
  readonly duty: Spans;
  /** Asleep on something: rows of Deeds.waitWords. */
  readonly waits: Spans;
}

export interface Deeds {
  /** Per row the ACTOR number of whoever does it, perhaps with IN_SOFT_LIMIT. */
  readonly as: Uint8Array;
  /** Per row that ends a reclaim: when that began; NaN: before the trace, or the row ends nothing. */
  readonly beganNs: Map<number, Ns>;
  /** Per row of `actors` in the cast. */
  readonly of: readonly TaskDeeds[];
  readonly waitWords: readonly string[];
  readonly stalls: StallTable;
  /** Persons that are kswapd and were awake before their first event. */
  readonly awakeAtStart: ReadonlySet<number>;
}

/** Stalls in the order of their ends. */
export interface StallTable {
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
  /** Row of the cast's actors. */
  readonly actor: Int16Array;
  /** Row of STALL_KINDS. */
  readonly kind: Uint8Array;
}

const NOWHERE = -1;
const RECLAIM_EDGE: Readonly<Record<number, readonly [what: number, isBegin: boolean]>> = {
  [KIND.directBegin]: [IN.DIRECT, true],
  [KIND.directEnd]: [IN.DIRECT, false],
  [KIND.memcgBegin]: [IN.MEMCG, true],
  [KIND.memcgEnd]: [IN.MEMCG, false],
  [KIND.nodeBegin]: [IN.NODE, true],
  [KIND.nodeEnd]: [IN.NODE, false],
};
/** Reclaim of a node before allocating elsewhere holds its task as direct reclaim does, and is drawn so. */
const ACTOR_IN = [ACTOR.DIRECT, ACTOR.MEMCG, ACTOR.DIRECT];
const ACTOR_OF_KIND = { task: ACTOR.TASK, kswapd: ACTOR.KSWAPD, flusher: ACTOR.FLUSHER };
const KSWAPD_WORKS: ReadonlySet<number> = new Set([
  ...[KIND.kswapdWake, KIND.kswapdSleep, KIND.isolate, KIND.shrinkInactive, KIND.shrinkActive],
  ...[KIND.writePage, KIND.reclaim],
]);

export function deedsOf(rows: PlayRows, cast: Cast): Deeds {
  return new DeedWalk(rows, cast).walk();
}

class DeedWalk {
  private readonly as: Uint8Array;
  private readonly beganNs = new Map<number, Ns>();
  private readonly of: TaskDeeds[];
  private readonly waitWords: string[] = [];
  private readonly stalls: { startNs: Ns; endNs: Ns; actor: number; kind: number }[] = [];
  private readonly awakeAtStart = new Set<number>();
  /** Per person. */
  private readonly inReclaim: Int8Array;
  private readonly reclaimFromNs: Float64Array;
  private readonly dutyFromNs: Float64Array;
  private readonly dutyRow: Int32Array;
  private readonly inSoft: Uint8Array;
  private readonly rows: PlayRows;
  private readonly cast: Cast;

  constructor(rows: PlayRows, cast: Cast) {
    this.rows = rows;
    this.cast = cast;
    this.as = new Uint8Array(rows.count);
    this.of = cast.actors.map(() => ({ reclaim: new Spans(), duty: new Spans(), waits: new Spans() }));
    this.inReclaim = new Int8Array(cast.persons).fill(NOWHERE);
    this.reclaimFromNs = new Float64Array(cast.persons).fill(Number.NaN);
    this.dutyFromNs = new Float64Array(cast.persons).fill(NOWHERE);
    this.dutyRow = new Int32Array(cast.persons);
    this.inSoft = new Uint8Array(cast.persons);
  }

  walk(): Deeds {
    const { rows, cast } = this;
    this.lookAhead();
    for (let row = 0; row < rows.count; row++) {
      const who = cast.person[rows.table.task[row]!]!;
      const kind = rows.kind(row);
      const edge = RECLAIM_EDGE[kind];
      if (edge?.[1]) this.enter(who, edge[0], rows.atNs[row]!);
      if (kind === KIND.softBegin) this.inSoft[who] = IN_SOFT_LIMIT;
      this.as[row] = this.actingAs(who) | this.inSoft[who]!;
      if (kind === KIND.softEnd) this.inSoft[who] = 0;
      if (edge && !edge[1]) this.leave(who, edge[0], row);
      this.noteDuty(who, kind, row);
      this.noteWait(who, kind, row);
    }
    this.closeAll();
    const { as, beganNs, of, waitWords, awakeAtStart } = this;
    return { as, beganNs, of, waitWords, awakeAtStart, stalls: stallTable(this.stalls) };
  }

  private actingAs(who: number): number {
    const inside = this.inReclaim[who]!;
    const kind = this.cast.kindOf[who]!;
    return inside !== NOWHERE && kind !== 'kswapd' ? ACTOR_IN[inside]! : ACTOR_OF_KIND[kind];
  }

  /** A trace begins in the middle of things: an end without a begin, or work of a kswapd that was not seen to wake. */
  private lookAhead(): void {
    const { rows, cast } = this;
    const isKnown = new Uint8Array(cast.persons);
    const isDutyKnown = new Uint8Array(cast.persons);
    for (let row = 0; row < rows.count; row++) {
      const who = cast.person[rows.table.task[row]!]!;
      const kind = rows.kind(row);
      const edge = RECLAIM_EDGE[kind];
      if (edge && !isKnown[who]) {
        isKnown[who] = 1;
        if (!edge[1]) this.inReclaim[who] = edge[0];
      }
      if (isDutyKnown[who]) continue;
      const isKswapd = cast.kindOf[who] === 'kswapd' && KSWAPD_WORKS.has(kind);
      if (!isKswapd && kind !== KIND.flusherStart && kind !== KIND.flusherEnd) continue;
      isDutyKnown[who] = 1;
      if (kind === KIND.kswapdWake || kind === KIND.flusherStart) continue;
      this.dutyFromNs[who] = 0;
      this.dutyRow[who] = row;
      if (isKswapd) this.awakeAtStart.add(who);
    }
  }

  private enter(who: number, what: number, atNs: Ns): void {
    this.closeReclaim(who, atNs); // its end was lost
    this.inReclaim[who] = what;
    this.reclaimFromNs[who] = atNs;
  }

  private leave(who: number, what: number, row: number): void {
    if (this.inReclaim[who] !== what) return;
    const fromNs = this.reclaimFromNs[who]!;
    const atNs = this.rows.atNs[row]!;
    const actor = this.cast.actorOf[who]!;
    if (!Number.isNaN(fromNs)) {
      this.beganNs.set(row, fromNs);
      if (actor >= 0 && what !== IN.NODE) this.stalls.push({ startNs: fromNs, endNs: atNs, actor, kind: what });
    }
    this.closeReclaim(who, atNs);
  }

  private closeReclaim(who: number, atNs: Ns): void {
    const what = this.inReclaim[who]!;
    if (what === NOWHERE) return;
    const fromNs = this.reclaimFromNs[who]!;
    this.of[this.cast.actorOf[who]!]?.reclaim.add(Number.isNaN(fromNs) ? 0 : fromNs, atNs, what);
    this.inReclaim[who] = NOWHERE;
    this.reclaimFromNs[who] = Number.NaN;
  }

  private noteDuty(who: number, kind: number, row: number): void {
    const atNs = this.rows.atNs[row]!;
    if (kind === KIND.kswapdWake || kind === KIND.flusherStart) {
      if (this.dutyFromNs[who] !== NOWHERE) return;
      this.dutyFromNs[who] = atNs;
      this.dutyRow[who] = row;
    } else if (kind === KIND.kswapdSleep || kind === KIND.flusherEnd) this.closeDuty(who, atNs);
  }

  private closeDuty(who: number, atNs: Ns): void {
    const fromNs = this.dutyFromNs[who]!;
    if (fromNs !== NOWHERE) this.of[this.cast.actorOf[who]!]?.duty.add(fromNs, atNs, this.dutyRow[who]!);
    this.dutyFromNs[who] = NOWHERE;
  }

  /** mm_vmscan_throttled is printed after the sleep it tells of, balance_dirty_pages before. */
  private noteWait(who: number, kind: number, row: number): void {
    const isThrottled = kind === KIND.throttled;
    if (!isThrottled && kind !== KIND.balanceDirty) return;
    const atNs = this.rows.atNs[row]!;
    const restNs = isThrottled ? this.rows.number(row, 0) * US : this.rows.number(row, 1) * MS;
    const actor = this.cast.actorOf[who]!;
    if (!(restNs > 0) || actor < 0) return;
    const words = isThrottled ? `reclaim_throttle: ${reasonWords(this.rows.text(row, 1))}` : 'balance_dirty_pages';
    const fromNs = isThrottled ? Math.max(0, atNs - restNs) : atNs;
    this.of[actor]!.waits.add(fromNs, fromNs + restNs, this.wordsRow(words));
    if (!isThrottled) this.stalls.push({ startNs: atNs, endNs: atNs + restNs, actor, kind: THROTTLED });
  }

  private wordsRow(words: string): number {
    const known = this.waitWords.indexOf(words);
    return known >= 0 ? known : this.waitWords.push(words) - 1;
  }

  private closeAll(): void {
    const endNs = Number.POSITIVE_INFINITY;
    for (let who = 0; who < this.cast.persons; who++) {
      this.closeReclaim(who, endNs);
      this.closeDuty(who, endNs);
    }
  }
}

/** VMSCAN_THROTTLE_WRITEBACK, in words as the kernel's comments have them. */
const REASONS: Readonly<Record<string, string>> = {
  VMSCAN_THROTTLE_WRITEBACK: 'too many pages under writeback',
  VMSCAN_THROTTLE_ISOLATED: 'too many pages isolated',
  VMSCAN_THROTTLE_NOPROGRESS: 'no progress',
  VMSCAN_THROTTLE_CONGESTED: 'congested',
};
const reasonWords = (reason: string): string => REASONS[reason] ?? reason;

function stallTable(stalls: readonly { startNs: Ns; endNs: Ns; actor: number; kind: number }[]): StallTable {
  const byEnd = stalls.toSorted((a, b) => a.endNs - b.endNs);
  return {
    startNs: Float64Array.from(byEnd, ({ startNs }) => startNs),
    endNs: Float64Array.from(byEnd, ({ endNs }) => endNs),
    actor: Int16Array.from(byEnd, ({ actor }) => actor),
    kind: Uint8Array.from(byEnd, ({ kind }) => kind),
  };
}
