import { type Doer, LIFE, type PageName } from '../../abi/page-life.ts';
import type { Ns, Pfn } from '../../abi/units.ts';
import type { Instruments } from '../machine/instruments.ts';
import type { Kernel } from '../machine/kernel.ts';
import { NONE } from '../machine/page-table.ts';
import { doerOf, stackOf } from './doer.ts';
import { lifeBits } from './page-state.ts';
import { type Evidence, evidenceOf, verdictWords, type Words } from './verdict-words.ts';
import { WatchedPages } from './watched-pages.ts';

/** Something that was done to a page within an event. */
export interface Deed extends Words {
  readonly atNs: Ns;
  readonly by: Doer;
  readonly pfn: Pfn;
  readonly page?: PageName & { readonly file: string };
  readonly step: string;
  readonly stack: readonly string[];
  /** Its flags afterwards, and the verdict of a judge; -1: none. */
  readonly bits: number;
  readonly verdict: number;
}

/** All that happens to pages between two calls of `clear`, while it listens. */
export class EventLog {
  readonly instruments: Instruments;
  deeds: Deed[] = [];
  private isListening = false;
  /** Flags as last seen; -1: not seen yet. */
  private bits = new Int16Array(0);
  private evidence: Evidence | undefined;

  constructor() {
    this.instruments = {
      pages: (columns, k) => {
        this.bits = new Int16Array(columns.flags.length).fill(-1);
        return new WatchedPages(columns, (pfn) => this.isListening && this.changed(k, pfn));
      },
      watch: {
        judging: (k, t, pfn) => {
          this.evidence = evidenceOf(k, t, pfn);
        },
        judged: (k, t, pfn, verdict) => {
          if (!this.isListening || this.evidence === undefined) return verdict;
          const words = verdictWords(k, t, pfn, this.evidence, verdict);
          this.note(k, pfn, verdict, words.says === '' ? { ...words, says: 'hands it to ->writepage' } : words);
          return verdict;
        },
      },
    };
  }

  /** From now on every deed is kept; what pages look like now is where they start from. */
  listen(k: Kernel): void {
    this.isListening = true;
    for (let pfn = 0; pfn < this.bits.length; pfn++) this.bits[pfn] = lifeBits(k.pages, pfn);
  }

  private changed(k: Kernel, pfn: Pfn): void {
    const is = lifeBits(k.pages, pfn);
    const was = this.bits[pfn]!;
    if (is === was) return;
    this.bits[pfn] = is;
    const says = BITS.flatMap(([bit, name]) =>
      (is & bit) === (was & bit) ? [] : [`${(is & bit) !== 0 ? 'sets' : 'clears'} ${name}`],
    );
    this.note(k, pfn, NONE, { fn: '', rule: '', says: says.join(', ') });
  }

  private note(k: Kernel, pfn: Pfn, verdict: number, words: Words): void {
    const t = k.sched.running;
    const top = t === undefined ? undefined : k.sched.table[t.fns.at(-1)!];
    const page = nameOf(k, pfn);
    this.deeds.push({
      ...words,
      fn: words.fn || (top === undefined ? 'the disk’s interrupt' : `${top.name}()`),
      atNs: k.nowNs,
      by: doerOf(k),
      pfn,
      ...(page === undefined ? {} : { page }),
      step: top?.stepNames[t?.steps.at(-1) ?? 0] ?? '',
      stack: stackOf(k),
      bits: this.bits[pfn]!,
      verdict,
    });
  }
}

const BITS: readonly (readonly [bit: number, name: string])[] = [
  [LIFE.UPTODATE, 'PG_uptodate'],
  [LIFE.DIRTY, 'PG_dirty'],
  [LIFE.WRITEBACK, 'PG_writeback'],
  [LIFE.REFERENCED, 'PG_referenced'],
  [LIFE.ACTIVE, 'PG_active'],
  [LIFE.RECLAIM, 'PG_reclaim'],
  [LIFE.ISOLATED, 'its isolation'],
  [LIFE.MAPPED, 'its pte'],
  [LIFE.ANON, 'PG_swapbacked'],
  [LIFE.SWAP_CACHE, 'PG_swapcache'],
];

function nameOf(k: Kernel, pfn: Pfn): Deed['page'] {
  const { space, index } = k.pages.columns;
  const owner = k.m.spaces[space[pfn]!];
  return owner === undefined || index[pfn] === NONE
    ? undefined
    : { space: owner.id, index: index[pfn]!, file: owner.name };
}
