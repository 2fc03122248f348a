import type { AppState } from '../store/app-store.ts';
import type { Parts } from '../views/shared/app-context.ts';

/** Where the sheet of a phone comes to rest, from low to high: its tabs alone, about half of the screen, nearly all. */
export const SHEET_STOPS = ['tabs', 'half', 'full'] as const;
export type SheetStop = (typeof SHEET_STOPS)[number];

export const sheetStop = ({ sheet, isSheetFull }: AppState): SheetStop =>
  sheet === 'lanes' ? 'tabs' : isSheetFull ? 'full' : 'half';

/** Opens the numbers where nothing was open. */
export function showStop(store: Parts['store'], stop: SheetStop): void {
  const { sheet, setSheet, setSheetFull } = store.getState();
  if (stop === 'tabs') setSheet('lanes');
  else if (sheet === 'lanes') setSheet('numbers');
  setSheetFull(stop === 'full');
}

/** Shares of the height that all parts have together. */
const HALF = 0.45;
const FULL = 0.85;

/** Where a sheet comes to rest that is let go at a height. */
export function nearestStop(heightPx: number, allPx: number): SheetStop {
  const share = heightPx / allPx;
  if (share < HALF / 2) return 'tabs';
  return share < (HALF + FULL) / 2 ? 'half' : 'full';
}
