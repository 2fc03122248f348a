import { type Biography, LIFE, type LifeEvent, type PageState } from '../../abi/page-life.ts';
import type { Ns } from '../../abi/units.ts';
import { group, seconds } from '../shared/format.ts';

export const hex = (pfn: number): string => `0x${pfn.toString(16)}`;

/** What hue says of a page: can it be freed now? */
export function freeable({ pfn, bits }: PageState): 'free' | 'clean' | 'dirty' | 'writeback' {
  if (pfn < 0) return 'free';
  if ((bits & LIFE.WRITEBACK) !== 0) return 'writeback';
  return (bits & LIFE.DIRTY) !== 0 ? 'dirty' : 'clean';
}

/** "Page 0x1a2c", by the frame that holds it at a time; it may have had another before. */
export function titleOf(events: readonly LifeEvent[], atNs: Ns): string {
  const state = events.findLast((event) => event.atNs <= atNs)?.state;
  if (state === undefined) return 'Page, not in memory yet';
  if (state.pfn >= 0) return `Page ${hex(state.pfn)}`;
  return state.swapSlot >= 0 ? `Page in swap slot ${group(state.swapSlot)}` : 'Page, not in memory';
}

export const placeOf = ({ file, page }: Biography): string => `${file}, page ${group(page.index)}`;

/** "W2 write()", "K pageout()", "disk". */
export function doerText({ by, fn }: LifeEvent): string {
  if (by.thread >= 0) return `${by.letter} ${fn}`;
  return fn || by.name;
}

/** The whole row for the ear. */
export const rowText = (event: LifeEvent): string =>
  `${seconds(event.atNs)} s: ${event.by.thread >= 0 ? event.by.name : 'the disk'}${event.fn ? `, ${event.fn}` : ''}: ${event.says}`;

/** How the row came about, for who wants to know more. */
export function stackText({ by, stack, rule }: LifeEvent): string {
  const who = by.thread >= 0 ? by.name : 'the disk';
  const where = stack.length > 0 ? `: ${stack.map((fn) => `${fn}()`).join(' ← ')}` : '';
  return `${who}${where}${rule ? ` · model ${rule}` : ''}`;
}
