import { ACTOR } from '../../abi/actor.ts';
import type { Breakpoint, Hit } from '../../abi/breakpoint.ts';
import { err, ok, type Result } from '../../abi/errors.ts';
import type { EventAsk, EventColumns } from '../../abi/events.ts';
import { LIST_LOOK, type Look, type Spot, type Thing } from '../../abi/look.ts';
import type { Advance, StepKind, ThreadStep } from '../../abi/protocol.ts';
import type { TraceTable } from '../../abi/trace-table.ts';
import type { AbsentParts, TracedGap } from '../../abi/traced.ts';
import { type Ns, S } from '../../abi/units.ts';
import { ACTOR_BITS } from './deeds.ts';
import { type Ended, endedOf } from './ended.ts';
import { findEvents } from './find-events.ts';
import { flushersAt } from './flusher-frame.ts';
import { plainFrame } from './frame.ts';
import { gapsOf } from './gaps.ts';
import { indexOf, type TraceIndex } from './index-of.ts';
import { KIND } from './kinds.ts';
import { absentOf } from './known.ts';
import type { Place } from './metrics-of.ts';
import { PagePicture } from './page-frame.ts';
import { Past } from './past.ts';
import type { PlayState } from './state.ts';

/** What ends a step; a page is judged by no event of a kernel, so it ends at the next event about one. */
const STEP_ENDS: Readonly<Record<Exclude<StepKind, 'event'>, ReadonlySet<number>>> = {
  page: new Set([KIND.cacheAdd, KIND.cacheDelete, KIND.lruInsert, KIND.dirtyPage, KIND.writePage]),
  batch: new Set([KIND.isolate]),
  io: new Set([KIND.complete]),
  stall: new Set([KIND.directBegin, KIND.memcgBegin, KIND.balanceDirty]),
};

/** A trace of a real kernel that plays as a machine: any moment of it, and what happened up to then. */
export class TracedMachine {
  readonly index: TraceIndex;
  readonly absent: AbsentParts;
  readonly gaps: readonly TracedGap[];
  private readonly name: string;
  private readonly past: Past;
  private readonly ended: Ended;
  private state: PlayState;
  nowNs: Ns = 0;
  /** Asked for what lies beyond the last event: there the machine stands still, as a kernel that came to its end. */
  private isOver = false;
  /** Samples, requests and stalls up to here have been handed over. */
  private toldNs: Ns = -1;
  look: Look = LIST_LOOK;

  constructor(name: string, table: TraceTable) {
    this.name = name;
    this.index = indexOf(table);
    this.past = new Past(this.index);
    this.absent = absentOf(this.past.known, this.index.groups.length > 0);
    this.gaps = gapsOf(this.index.rows);
    this.ended = endedOf(this.index);
    this.state = this.past.before(0);
    this.seek(0);
  }

  get durationNs(): Ns {
    return this.index.rows.durationNs;
  }

  get eventsDone(): number {
    return this.state.rowsDone;
  }

  /** Its page events are accesses that a simulated machine can replay. */
  get hasWorkload(): boolean {
    const { counts } = this.index.rows;
    return counts[KIND.cacheAdd]! + counts[KIND.dirtyPage]! > 0;
  }

  /** To the start, with everything to be told again. */
  restart(): void {
    this.toldNs = -1;
    this.seek(0);
  }

  /** What was handed over of later times is forgotten where a run forks, and comes again. */
  tellAgain(fromNs: Ns): void {
    this.toldNs = Math.min(this.toldNs, fromNs);
  }

  /** To a time, with all that happens at it done; or to fewer events, where it lies between two of one instant. */
  seek(toNs: Ns, eventsDone = Number.POSITIVE_INFINITY): void {
    const rowsDone = Math.min(eventsDone, this.index.rows.doneBy(toNs));
    if (rowsDone < this.state.rowsDone || rowsDone - this.state.rowsDone > this.past.spacingRows)
      this.state = this.past.before(rowsDone);
    this.state.runTo(rowsDone);
    this.nowNs = Math.min(toNs, this.durationNs);
    this.isOver = toNs > this.durationNs;
  }

  /** To the next row of the kind; to the end of the trace where there is none. Through functions no trace leads. */
  step(kind: StepKind | ThreadStep): Result<undefined> {
    if (kind === 'into' || kind === 'over' || kind === 'out')
      return err({
        kind: 'bad-input',
        where: this.name,
        message: 'is a recorded kernel: its functions are not in the trace',
      });
    if (this.isOver) return ok(undefined);
    const { rows } = this.index;
    let row = this.state.rowsDone;
    while (kind !== 'event' && row < rows.count && !STEP_ENDS[kind].has(rows.kind(row))) row++;
    if (row >= rows.count) this.seek(Math.max(this.nowNs, this.durationNs));
    else this.seek(Math.max(this.nowNs, rows.atNs[row]!), row + 1);
    return ok(undefined);
  }

  /** On to a time, or to the first page that direct reclaim writes on the way: of the breakpoints the one that events show. */
  runUntil(untilNs: Ns, breakpoints: readonly Breakpoint[]): Hit | undefined {
    const { rows, cast, deeds } = this.index;
    const end = breakpoints.some(({ kind }) => kind === 'direct-writepage') ? rows.doneBy(untilNs) : 0;
    for (let row = this.state.rowsDone; row < end; row++) {
      if (rows.kind(row) !== KIND.writePage || (deeds.as[row]! & ACTOR_BITS) !== ACTOR.DIRECT) continue;
      const atNs = Math.max(this.nowNs, rows.atNs[row]!);
      this.seek(atNs, row + 1);
      const actor = cast.actors[cast.actorOf[cast.person[rows.table.task[row]!]!]!];
      return { kind: 'direct-writepage', atNs, who: actor?.name ?? rows.taskText(row), value: 0, bound: 0 };
    }
    // A step may have stopped in the middle of this instant: the rest of it happens now.
    if (untilNs >= this.nowNs) this.seek(untilNs);
    return undefined;
  }

  pageAt(spot: Spot): Thing | undefined {
    return this.picture().pageAt(spot);
  }

  findEvents(ask: EventAsk): EventColumns {
    return findEvents(this.index, ask, this.state.rowsDone);
  }

  takeAdvance(): Advance {
    const told = this.toldNs;
    this.toldNs = Math.max(told, this.nowNs);
    const { samples, frame: past } = this.past;
    const place: Place = { state: this.state, nowNs: this.nowNs, known: this.past.known };
    const { lit, parts } = this.look;
    const plain = plainFrame(this.index, place, this.name, this.absent);
    const { tail, ...pages } = this.picture().part(lit);
    return {
      frame: {
        ...plain,
        ...pages,
        lens: { ...plain.lens, cells: tail },
        ...(parts.includes('flushers') && { flushers: flushersAt(this.index, this.nowNs) }),
      },
      requests: this.ended.requests(told, this.toldNs),
      samples: samples.between(told, this.toldNs),
      stalls: this.ended.stalls(told, this.toldNs),
      past,
      ...(this.isOver && { stopped: `The trace ends at ${(this.durationNs / S).toFixed(3)} s.` }),
    };
  }

  private picture(): PagePicture {
    return new PagePicture(this.index.pages, this.state.pages, this.look.order);
  }
}
