import { LIFE, type LifeEvent, type PageName, type PageState } from '../../abi/page-life.ts';
import type { Ns, Pfn } from '../../abi/units.ts';
import type { Instruments } from '../machine/instruments.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { changeWords, type Moment } from './change-words.ts';
import { DISK, doerOf, stackOf } from './doer.ts';
import { frameOf, isSameState, pageStateOf } from './page-state.ts';
import { queuedIn, type Service, servedIn } from './request-words.ts';
import { type Evidence, evidenceOf, verdictWords } from './verdict-words.ts';
import { WatchedPages } from './watched-pages.ts';

const NOWHERE: PageState = { pfn: NONE, bits: 0, list: NONE, laps: 0, swapSlot: NONE };

/** What happens to a page at one instant by one hand is one event of its life. */
interface Open extends Moment {
  readonly atNs: Ns;
  readonly before: PageState;
  /** The request that brings it, or takes it away. */
  service?: Service;
}

/** Writes down the life of one page while a machine runs with its instruments. */
export class PageLife {
  readonly events: LifeEvent[] = [];
  readonly instruments: Instruments;
  private readonly page: PageName;
  private now: PageState = NOWHERE;
  private open: Open | undefined;
  private evidence: Evidence | undefined;

  constructor(page: PageName) {
    this.page = page;
    this.instruments = {
      pages: (columns, k) => new WatchedPages(columns, (pfn) => this.changed(k, pfn)),
      watch: {
        judging: (k, t, pfn) => {
          if (pfn === this.now.pfn) this.evidence = evidenceOf(k, t, pfn);
        },
        judged: (k, t, pfn, verdict) => {
          if (pfn !== this.now.pfn || this.evidence === undefined) return verdict;
          this.moment(k).verdict = verdictWords(k, t, pfn, this.evidence, verdict);
          return verdict;
        },
      },
    };
  }

  /** After every event of the run: what was done without touching a flag is seen here. */
  readonly afterEvent = (k: Kernel): void => {
    if (this.open === undefined && frameOf(k, this.page) === NONE && this.now.pfn === NONE) return;
    this.look(k);
    this.close();
  };

  /** The run is over: a write or read of the page that is not. */
  finish(k: Kernel): void {
    this.afterEvent(k);
    const service = servedIn(k, this.now.pfn) ?? queuedIn(k, this.now.pfn);
    if (service !== undefined) this.insert(service);
  }

  private changed(k: Kernel, pfn: Pfn): void {
    if (pfn === this.now.pfn || pfn === frameOf(k, this.page)) this.look(k);
  }

  private look(k: Kernel): void {
    const state = pageStateOf(k, this.page);
    const { now } = this;
    if (isSameState(state, now)) return;
    const open = this.moment(k);
    const rose = state.bits & ~now.bits;
    const fell = now.bits & ~state.bits;
    if ((rose & LIFE.WRITEBACK) !== 0) Object.assign(open, { stack: stackOf(k), ahead: waitingOn(k, state.pfn) });
    const isEndOfIo = (fell & LIFE.WRITEBACK) !== 0 || (rose & LIFE.UPTODATE) !== 0;
    if (isEndOfIo && open.by === DISK) {
      const service = servedIn(k, state.pfn);
      if (service !== undefined) open.service = service;
      open.isAtTail = k.lru.tail(k.zone.lru, state.list) === state.pfn;
    }
    this.now = state;
  }

  /** The instant that is being written down; another one, or another hand, begins a new event. */
  private moment(k: Kernel): Open {
    const by = doerOf(k);
    if (this.open !== undefined && (this.open.atNs !== k.nowNs || this.open.by.thread !== by.thread)) this.close();
    this.open ??= { atNs: k.nowNs, by, stack: stackOf(k), before: this.now, ahead: 0, isAtTail: false };
    return this.open;
  }

  private close(): void {
    const { open } = this;
    if (open === undefined) return;
    this.open = undefined;
    const words = changeWords(open.before, this.now, open);
    if (words === undefined) return;
    if (open.service !== undefined) this.insert(open.service);
    this.events.push({ atNs: open.atNs, by: open.by, stack: open.stack, state: this.now, ...words });
  }

  /** A disk's work is known when it is done; it is told where it began. */
  private insert({ fromNs, rule, says }: Service): void {
    let at = this.events.length;
    while (at > 0 && this.events[at - 1]!.atNs > fromNs) at--;
    const state = this.events[at - 1]?.state ?? NOWHERE;
    this.events.splice(at, 0, { atNs: fromNs, by: DISK, fn: '', rule, says, stack: [], state });
  }
}

/** Requests that its disk has queued or in hand: they go first, or not, as the elevator decides. */
function waitingOn(k: Kernel, pfn: Pfn): number {
  const { space } = k.pages.columns;
  const disk = k.pages.isSwapBacked(pfn) ? k.swap.disk : k.space(space[pfn]!).disk;
  const block = k.blocks[disk]!;
  return block.arrival.length + block.inFlight.length;
}
