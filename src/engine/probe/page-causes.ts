import { LIST_NAMES } from '../../abi/frame.ts';
import type { StallReason } from '../../abi/stall.ts';
import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { PageColumns } from '../machine/page-columns.ts';
import type { PageTable } from '../machine/page-table.ts';
import { doerOf, stackOf } from './doer.ts';
import { WatchedPages } from './watched-pages.ts';

// What of a page is looked at.
const DIRTY = 1;
const ON_LRU = 2;
const ACTIVE = 4;
const ISOLATED = 8;
const WRITEBACK = 16;

/** How a page got its place in the lists. */
const ADDED = 0;
const PUT_BACK = 1;
const ACTIVATED = 2;
const DEACTIVATED = 3;
const ROTATED = 4;
const PLACED = [
  'since it came into memory',
  'put back there by reclaim',
  'activated',
  'deactivated',
  'brought to the tail at the end of a write',
];

/** For every frame, how its page became dirty and how it came to the place in the lists that it has. */
export class PageCauses {
  private dirtiedNs = new Float64Array(0);
  private dirtiedBy: string[] = [];
  private placedNs = new Float64Array(0);
  private placedHow = new Uint8Array(0);
  private placedOn = new Uint8Array(0);
  private before = new Uint8Array(0);
  /** How a page that is on no list now will have come to the next one. */
  private onItsWay = new Uint8Array(0);

  watch(columns: PageColumns, k: Kernel): PageTable {
    const frames = columns.flags.length;
    this.dirtiedNs = new Float64Array(frames).fill(-1);
    this.dirtiedBy = new Array<string>(frames).fill('');
    this.placedNs = new Float64Array(frames).fill(-1);
    this.placedHow = new Uint8Array(frames);
    this.placedOn = new Uint8Array(frames);
    this.before = new Uint8Array(frames);
    this.onItsWay = new Uint8Array(frames);
    return new WatchedPages(columns, (pfn) => this.changed(k, pfn));
  }

  /** What had to happen for the page to be met where it was, oldest first. */
  of(pfn: Pfn): StallReason[] {
    const reasons: StallReason[] = [];
    if (this.dirtiedNs[pfn]! >= 0)
      reasons.push({ atNs: this.dirtiedNs[pfn]!, says: `dirtied by ${this.dirtiedBy[pfn]}` });
    const says = `on ${LIST_NAMES[this.placedOn[pfn]!]}, ${PLACED[this.placedHow[pfn]!]}`;
    if (this.placedNs[pfn]! >= 0) reasons.push({ atNs: this.placedNs[pfn]!, says });
    return reasons.sort((a, b) => a.atNs - b.atNs);
  }

  private changed(k: Kernel, pfn: Pfn): void {
    const { pages } = k;
    const is =
      (pages.isDirty(pfn) ? DIRTY : 0) |
      (pages.isOnLru(pfn) ? ON_LRU : 0) |
      (pages.isActive(pfn) ? ACTIVE : 0) |
      (pages.isIsolated(pfn) ? ISOLATED : 0) |
      (pages.isUnderWriteback(pfn) ? WRITEBACK : 0);
    const was = this.before[pfn]!;
    if (is === was) return;
    this.before[pfn] = is;
    const rose = is & ~was;
    const fell = was & ~is;
    if ((rose & DIRTY) !== 0) this.noteDirtied(k, pfn);
    if ((fell & ISOLATED) !== 0 && this.onItsWay[pfn] === ADDED) this.onItsWay[pfn] = PUT_BACK;
    if ((fell & ACTIVE) !== 0 && (is & ISOLATED) !== 0) this.onItsWay[pfn] = DEACTIVATED;
    if ((rose & ACTIVE) !== 0 && (is & ON_LRU) === 0) this.onItsWay[pfn] = ACTIVATED;
    if ((rose & ON_LRU) !== 0) this.place(k, pfn, this.onItsWay[pfn]!);
    const isAtTail = (is & ON_LRU) !== 0 && k.lru.tail(k.zone.lru, k.lru.listOf(pfn)) === pfn;
    if ((fell & WRITEBACK) !== 0 && isAtTail) this.place(k, pfn, ROTATED);
  }

  private noteDirtied(k: Kernel, pfn: Pfn): void {
    const { name } = doerOf(k);
    const fn = stackOf(k)[0];
    this.dirtiedNs[pfn] = k.nowNs;
    this.dirtiedBy[pfn] = fn === undefined ? name : `${name} in ${fn}()`;
  }

  private place(k: Kernel, pfn: Pfn, how: number): void {
    this.placedNs[pfn] = k.nowNs;
    this.placedHow[pfn] = how;
    this.placedOn[pfn] = k.lru.listOf(pfn);
    this.onItsWay[pfn] = ADDED;
  }
}
