import { ACTOR } from '../../abi/actor.ts';
import { LIST_NAMES } from '../../abi/frame.ts';
import { type Doer, LIFE, type PageState } from '../../abi/page-life.ts';
import type { Words } from './verdict-words.ts';

/** What was going on when a page changed. */
export interface Moment {
  readonly by: Doer;
  /** Functions on the doer's kernel stack, innermost first. */
  stack: readonly string[];
  /** Reclaim has judged the page. */
  verdict?: Words;
  /** Requests that were before it at its disk. */
  ahead: number;
  /** It stood at the very tail of its list afterwards. */
  isAtTail: boolean;
}

interface Change extends Moment {
  readonly before: PageState;
  readonly after: PageState;
  /** Bits that were set, and cleared. */
  readonly rose: number;
  readonly fell: number;
}

/** One change of state: what of it can be said, if it is what happened. */
type Teller = (change: Change) => Words | undefined;

const IN_FRAME = (pfn: number): string => `frame 0x${pfn.toString(16)}`;
const listName = ({ list }: PageState): string => LIST_NAMES[list] ?? 'no list';
const isIn = ({ stack }: Moment, fn: string): boolean => stack.includes(fn);
const words = (fn: string, rule: string, says: string): Words => ({ fn, rule, says });

const arrives: Teller = (change) => {
  const { before, after } = change;
  if (before.pfn >= 0 || after.pfn < 0) return undefined;
  const where = `${IN_FRAME(after.pfn)}, head of ${listName(after)}`;
  if ((after.bits & LIFE.ANON) === 0)
    return words('add_to_page_cache_lru()', 'R3.2', `enters the page cache: ${where}`);
  if ((after.bits & LIFE.SWAP_CACHE) === 0)
    return words('do_anonymous_page()', 'R3.2', `first touch, zeroed: ${where}`);
  return words('do_swap_page()', 'R4.10', `slot ${after.swapSlot} is read into the swap cache: ${where}`);
};

const leaves: Teller = (change) => {
  const { before, after } = change;
  if (before.pfn < 0 || after.pfn >= 0) return undefined;
  const gone =
    after.swapSlot >= 0
      ? `${IN_FRAME(before.pfn)} is free, swap slot ${after.swapSlot} has the content`
      : `${IN_FRAME(before.pfn)} is free`;
  if (isIn(change, 'shrink_page_list')) return words('__remove_mapping()', '§3.6 row 14', gone);
  return words(isIn(change, 'truncate_inode_pages') ? 'truncate_inode_pages()' : 'free_page()', '', gone);
};

const moves: Teller = ({ before, after }) =>
  before.pfn >= 0 && after.pfn >= 0 && before.pfn !== after.pfn
    ? words('move_to_new_page()', '', `migrated to ${IN_FRAME(after.pfn)}`)
    : undefined;

const startsWriteback: Teller = (change) => {
  const { rose, after, ahead, by } = change;
  if ((rose & LIFE.WRITEBACK) === 0) return undefined;
  const queue = `${ahead} ahead in queue`;
  if ((after.bits & LIFE.ANON) !== 0)
    return words('pageout()', 'R4.9', `swap_writepage to slot ${after.swapSlot}, ${queue}`);
  if (isIn(change, 'shrink_page_list')) {
    const isRange = isIn(change, 'write_cache_pages');
    return isRange
      ? words('clean_page_list()', 'P5.5', `->writepages over a range of its file, ${queue}`)
      : words('pageout()', 'R4.5', `->writepage, ${queue}`);
  }
  const why = isIn(change, 'vfs_fsync_range')
    ? 'fsync writes it'
    : isIn(change, 'balance_dirty_pages')
      ? 'the dirtier writes it'
      : by.actor === ACTOR.FLUSHER
        ? 'the flusher writes it'
        : 'written';
  return words('write_cache_pages()', 'R5.19', `${why}, ${queue}`);
};

const endsWriteback: Teller = ({ before, after, fell, isAtTail }) => {
  if ((fell & LIFE.WRITEBACK) === 0) return undefined;
  const fn = 'end_page_writeback()';
  const isDirty = (after.bits & LIFE.DIRTY) !== 0;
  if ((before.bits & LIFE.RECLAIM) === 0)
    return words(fn, 'R3.37', isDirty ? 'written, and dirty again since' : 'clean, where it stands');
  if (isAtTail) return words(fn, 'R3.38', 'clean, to the tail');
  const why = isDirty ? 'dirty again' : (after.bits & LIFE.ISOLATED) !== 0 ? 'isolated' : 'active';
  return words(fn, 'R3.38', `written; ${why}, so not to the tail`);
};

const isDirtied: Teller = (change) => {
  const { rose, after } = change;
  if ((rose & LIFE.DIRTY) === 0 || (rose & LIFE.WRITEBACK) !== 0) return undefined;
  if ((rose & LIFE.SWAP_CACHE) !== 0) return words('add_to_swap()', 'R4.7', `gets swap slot ${after.swapSlot}, dirty`);
  if (isIn(change, 'generic_perform_write')) return words('write()', 'R5.1', 'dirty');
  if (isIn(change, 'filemap_fault')) return words('page_mkwrite()', 'R5.1', 'dirty: a store through its mapping');
  if (isIn(change, 'do_swap_page')) return words('do_swap_page()', 'R4.10', 'dirty: its slot is given back');
  if (isIn(change, 'shrink_page_list') && (after.bits & LIFE.WRITEBACK) === 0 && (change.fell & LIFE.MAPPED) !== 0)
    return words('try_to_unmap()', '§3.6 row 10', 'dirty, as its pte was');
  if (isIn(change, 'write_cache_pages') || isIn(change, 'pageout'))
    return words('redirty_page_for_writepage()', 'R4.2', 'dirty again: the filesystem would not write it');
  return words('set_page_dirty()', 'R5.2', 'dirty');
};

const isIsolated: Teller = ({ before, rose, by }) => {
  if ((rose & LIFE.ISOLATED) === 0) return undefined;
  const isMemcg = by.actor === ACTOR.MEMCG;
  const fn = isMemcg ? 'mem_cgroup_isolate_pages()' : 'isolate_lru_pages()';
  return words(fn, isMemcg ? 'R3.17' : 'R3.12', `isolated from the tail of ${listName(before)}`);
};

const isPutBack: Teller = ({ after, fell, verdict }) => {
  if ((fell & LIFE.ISOLATED) === 0 || after.pfn < 0) return undefined;
  if ((fell & LIFE.ACTIVE) !== 0)
    return words('shrink_active_list()', 'R3.10', `deactivated, head of ${listName(after)}`);
  return verdict === undefined
    ? words('putback_lru_pages()', 'R3.26', `back to the head of ${listName(after)}`)
    : undefined;
};

const isRead: Teller = ({ before, after, rose, by }) =>
  by.thread < 0 && (rose & LIFE.UPTODATE) !== 0 && before.pfn >= 0
    ? words((after.bits & LIFE.ANON) === 0 ? 'mpage_end_io_read()' : 'end_swap_bio_read()', 'R7.20', 'read')
    : undefined;

/** What is said only beside, or for want of, something else. */
const smaller: readonly Teller[] = [
  ({ rose, before, verdict }) =>
    (rose & LIFE.MAPPED) !== 0 && before.pfn >= 0 && verdict === undefined
      ? words('handle_pte_fault()', 'R5.1', 'mapped')
      : undefined,
  ({ fell, after, rose }) =>
    (fell & LIFE.MAPPED) !== 0 && after.pfn >= 0 && (rose & (LIFE.DIRTY | LIFE.WRITEBACK)) === 0
      ? words('try_to_unmap()', '§3.6 row 10', 'unmapped')
      : undefined,
  ({ rose, verdict, before }) =>
    (rose & LIFE.ACTIVE) !== 0 && verdict === undefined && before.pfn >= 0
      ? words('mark_page_accessed()', 'R3.5', 'activated')
      : undefined,
  ({ rose, verdict }) =>
    (rose & LIFE.REFERENCED) !== 0 && verdict === undefined
      ? words('mark_page_accessed()', 'R3.5', 'referenced')
      : undefined,
  ({ fell, rose, after }) =>
    (fell & LIFE.DIRTY) !== 0 && (rose & LIFE.WRITEBACK) === 0 && after.pfn >= 0
      ? words('clear_page_dirty_for_io()', 'R4.1', 'cleared for I/O')
      : undefined,
  ({ rose }) =>
    (rose & LIFE.RECLAIM) !== 0 && (rose & LIFE.WRITEBACK) === 0
      ? words('SetPageReclaim()', 'R3.40', 'to the tail once it is written')
      : undefined,
  ({ before, after }) => (after.laps > before.laps ? words('', 'R3.24', `lap ${after.laps}`) : undefined),
];

const tellers: readonly Teller[] = [
  arrives,
  leaves,
  moves,
  startsWriteback,
  endsWriteback,
  isDirtied,
  isIsolated,
  isPutBack,
  isRead,
  ...smaller,
];

const BIT_NAMES: readonly (readonly [bit: number, name: string])[] = [
  [LIFE.UPTODATE, 'PG_uptodate'],
  [LIFE.DIRTY, 'PG_dirty'],
  [LIFE.REFERENCED, 'PG_referenced'],
  [LIFE.ACTIVE, 'PG_active'],
  [LIFE.RECLAIM, 'PG_reclaim'],
  [LIFE.ISOLATED, 'isolation'],
  [LIFE.SWAP_CACHE, 'PG_swapcache'],
];

/** What no function above speaks of, flag by flag. */
function plainly({ rose, fell, before, after }: Change): string {
  const said = BIT_NAMES.flatMap(([bit, name]) =>
    (rose & bit) !== 0 ? [`${name} set`] : (fell & bit) !== 0 ? [`${name} cleared`] : [],
  );
  if (said.length > 0) return said.join(', ');
  return before.list === after.list ? 'another lap begins' : `to ${listName(after)}`;
}

/** Everything that changed at one instant, the most telling first; undefined where nothing has. */
export function changeWords(before: PageState, after: PageState, moment: Moment): Words | undefined {
  const rose = after.bits & ~before.bits;
  const fell = before.bits & ~after.bits;
  const change: Change = { ...moment, before, after, rose, fell };
  const told = tellers.flatMap((tell) => tell(change) ?? []);
  const { verdict } = moment;
  const isRefused =
    verdict?.fn === 'pageout()' && verdict.says === '' && (after.bits & LIFE.WRITEBACK) === 0 && after.pfn >= 0;
  const opening =
    isRefused && (after.bits & LIFE.DIRTY) !== 0
      ? { ...verdict, says: 'kept: the filesystem would not write it' }
      : verdict;
  const all = opening === undefined || (opening.says === '' && told.length > 0) ? told : [opening, ...told];
  const [first] = all;
  if (first !== undefined) {
    const isOver = opening?.says.endsWith('freed') === true && after.swapSlot < 0;
    const says = isOver ? opening.says : all.map((one) => one.says).join(', ');
    return { fn: first.fn || moment.stack[0]!, rule: first.rule, says };
  }
  const isSame = rose === 0 && fell === 0 && before.list === after.list && before.laps === after.laps;
  if (isSame && before.pfn === after.pfn && before.swapSlot === after.swapSlot) return undefined;
  const fn = moment.stack[0];
  return words(fn === undefined ? '' : `${fn}()`, '', plainly(change));
}
