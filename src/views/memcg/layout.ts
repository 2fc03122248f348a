import type { MachineFrame, MemcgFrame } from '../../abi/frame.ts';
import type { Pages } from '../../abi/units.ts';

// Words and numbers are the page's, bars are drawn behind them: both go by these heights, in px.

/** Name, usage, failures. */
export const HEAD_PX = 20;
/** Usage against the limit, with the names of its marks. */
export const TANK_PX = 34;
export const BARS_PX = 9;
/** Name and pages of each list. */
export const LABELS_PX = 36;
export const GROUP_PX = HEAD_PX + TANK_PX + BARS_PX + LABELS_PX;
/** A group inside another one stands further right. */
export const INDENT_PX = 14;
/** The zone's list, shared out. */
export const ZONE_BAR_PX = 12;
export const ZONE_PX = HEAD_PX + ZONE_BAR_PX;
/** More would push the disk off the screen. */
export const GROUPS_MAX = 4;

export interface Row {
  readonly memcg: MemcgFrame;
  readonly depth: number;
}

/** Each group below the one whose usage contains it. */
export function rowsOf(memcgs: readonly MemcgFrame[]): readonly Row[] {
  const below = (parent: string, depth: number): Row[] =>
    memcgs
      .filter((memcg) => memcg.parent === parent)
      .flatMap((memcg) => [{ memcg, depth }, ...below(memcg.name, depth + 1)]);
  return below('', 0).slice(0, GROUPS_MAX);
}

export const heightOf = (rows: number): number => rows * GROUP_PX + ZONE_PX;

/** Row of LIST_NAMES. */
export const INACTIVE_FILE = 2;
/** Of LIST_NAMES: dirty_file is the simulator's own, no group has it. */
export const GROUP_LISTS = 5;

/** A part of the zone's inactive file list; no name: of no group. */
export interface ZoneShare {
  readonly name: string;
  readonly pages: Pages;
}

/** Whose pages the zone's inactive file list has: those of a group stand on the group's own list as well (R6.1). */
export function zoneShares({ memcgs, listPages }: Pick<MachineFrame, 'memcgs' | 'listPages'>): readonly ZoneShare[] {
  const own = memcgs.map(({ name, lists }) => ({ name, pages: lists?.[INACTIVE_FILE]?.pages ?? 0 }));
  const rest = (listPages[INACTIVE_FILE] ?? 0) - own.reduce((sum, { pages }) => sum + pages, 0);
  return [...own, { name: '', pages: Math.max(0, rest) }];
}
