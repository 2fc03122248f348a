import { ACTOR } from '../../abi/actor.ts';
import { err, ok, type Result } from '../../abi/errors.ts';
import { CELL, LIST_NAMES } from '../../abi/frame.ts';
import { type Biography, type Doer, LIFE, type LifeEvent, type PageName, type PageState } from '../../abi/page-life.ts';
import type { Ns } from '../../abi/units.ts';
import { ACTOR_BITS } from './deeds.ts';
import type { TraceIndex } from './index-of.ts';
import { KIND } from './kinds.ts';
import { indexAt, isSwept, NONE } from './page-rows.ts';
import { PageState as Pages } from './page-state.ts';
import { createSums } from './sums.ts';

const OF_PAGES: ReadonlySet<number> = new Set([
  ...[KIND.cacheAdd, KIND.cacheDelete, KIND.lruInsert, KIND.dirtyPage, KIND.writePage, KIND.inodeWritten],
]);
const ACTIVE = [LIST_NAMES.indexOf('active_anon'), LIST_NAMES.indexOf('active_file')];

/** What the page events of a trace say of one page up to a time. No event tells a rule, or the functions on a stack. */
export function biographyOf(index: TraceIndex, page: PageName, untilNs: Ns): Result<Biography> {
  const { rows, pages } = index;
  const file = pages.spaces[page.space];
  if (!file) return err({ kind: 'bad-input', where: 'trace', message: 'no such file is in its page events' });
  const state = new Pages(rows, pages);
  const sums = createSums();
  const events: LifeEvent[] = [];
  let frame = NONE;
  for (let row = 0; row < rows.count && rows.atNs[row]! <= untilNs; row++) {
    const kind = rows.kind(row);
    if (kind === KIND.complete) {
      const isMine = pages.written.get(row)?.includes(frame) ?? false;
      state.arrive(row);
      if (isMine) events.push(eventOf(index, row, DISK, '', 'has written it', stateOf(index, state, frame)));
      continue;
    }
    if (!OF_PAGES.has(kind)) continue;
    const about = aboutOf(index, row);
    state.apply(row, kind, sums);
    if (kind === KIND.cacheAdd) for (const one of about) if (isPage(state, one, page)) frame = one;
    if (!namesPage(index, row, page) && (frame === NONE || !about.includes(frame))) continue;
    events.push(
      eventOf(index, row, doerOf(index, row), rows.eventName(row), wordsOf(index, row), stateOf(index, state, frame)),
    );
    if (kind === KIND.cacheDelete) frame = NONE;
  }
  return ok({ page, file: file.name, events, untilNs });
}

/** Some events name the page of a file, whether or not its frame is known. */
function namesPage({ rows, pages }: TraceIndex, row: number, page: PageName): boolean {
  const sweep = pages.swept.get(row);
  if (sweep) return sweep.space === page.space && isSwept(sweep, page.index);
  return rows.kind(row) === KIND.dirtyPage && pages.space[row] === page.space && indexAt(rows, row) === page.index;
}

const DISK: Doer = { thread: NONE, letter: '', name: 'disk', actor: NONE };

const aboutOf = ({ pages }: TraceIndex, row: number): readonly number[] => [
  pages.frame[row]!,
  ...(pages.more.get(row) ?? []),
];

const isPage = (state: Pages, frame: number, { space, index }: PageName): boolean =>
  state.space[frame] === space && state.index[frame] === index;

function doerOf({ rows, cast, deeds }: TraceIndex, row: number): Doer {
  const actor = cast.actors[cast.actorOf[cast.person[rows.table.task[row]!]!]!];
  const as = deeds.as[row]! & ACTOR_BITS;
  return actor
    ? { thread: actor.id, letter: actor.letter, name: actor.name, actor: as }
    : { thread: NONE, letter: '', name: rows.taskText(row), actor: ACTOR.TASK };
}

function wordsOf({ rows }: TraceIndex, row: number): string {
  switch (rows.kind(row)) {
    case KIND.cacheAdd:
      return 'puts it into the page cache';
    case KIND.cacheDelete:
      return 'takes it out of the page cache';
    case KIND.dirtyPage:
      return 'makes it dirty';
    case KIND.inodeWritten:
      return 'has gone over its part of the file, and written what was dirty there';
    case KIND.writePage:
      return `hands it to ->writepage: ${rows.text(row, 1)}`;
    default:
      return `puts it at the head of ${LIST_NAMES[rows.number(row, 1)] ?? 'a list'}`;
  }
}

function eventOf({ rows }: TraceIndex, row: number, by: Doer, fn: string, says: string, state: PageState): LifeEvent {
  return { atNs: rows.atNs[row]!, by, fn, rule: '', says, stack: [], state };
}

function stateOf({ pages }: TraceIndex, state: Pages, frame: number): PageState {
  if (frame === NONE) return { pfn: NONE, bits: 0, list: NONE, laps: 0, swapSlot: NONE };
  const cell = state.cell[frame]!;
  const list = state.list[frame]!;
  const there = cell & CELL.STATE;
  const bits =
    (there === CELL.DIRTY ? LIFE.DIRTY : 0) |
    (there === CELL.WRITEBACK ? LIFE.WRITEBACK : 0) |
    (ACTIVE.includes(list) ? LIFE.ACTIVE : 0) |
    (cell & CELL.ANON ? LIFE.ANON : 0);
  const isGone = there === CELL.FREE;
  return { pfn: isGone ? NONE : pages.pfns[frame]!, bits, list, laps: 0, swapSlot: NONE };
}
