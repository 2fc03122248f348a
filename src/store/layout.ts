import type { StateCreator } from 'zustand';
import type { CellOrder } from '../abi/look.ts';
import type { AppState } from './app-store.ts';

export type Theme = 'dark' | 'light';
/** What the sheet of a narrow screen shows below the machine; with 'lanes' it is closed. */
export type Sheet = 'lanes' | 'numbers' | 'page' | 'knobs' | 'dock';
/** For whom the page is set: one at a desk, a room, or a small frame in somebody else's page. */
export type Mode = 'desk' | 'presenter' | 'embed';

/** Which moves of the head count as seeks: all, those over so many sectors, or as btt takes them, from edge to edge. */
export const SEEK_DEFINITIONS = ['any', 'over_128', 'over_800', 'btt'] as const;
export type SeekDefinition = (typeof SEEK_DEFINITIONS)[number];

/** A button beside a notice. */
export type Offer = 'undo' | 'save' | 'reload';

export interface LayoutSlice {
  readonly theme: Theme;
  readonly sheet: Sheet;
  /** Whether the open sheet has all of the screen, or half of it. */
  readonly isSheetFull: boolean;
  /** Views of the lanes that were opened or closed by hand, by id; the others stand as the registry has them. */
  readonly panels: Readonly<Record<string, 'open' | 'closed'>>;
  /** The one lane view that has the whole lane. */
  readonly enlarged: string | undefined;
  /** The view of both machines that is open below the lanes. */
  readonly dock: string | undefined;
  /** How the LRU strips lay out their pages: the same dirty pages lie scattered in one and side by side in another. */
  readonly order: CellOrder;
  readonly seeks: SeekDefinition;
  readonly mode: Mode;
  /** One short sentence about what was just done ("Link copied"), and what can be done about it. */
  readonly notice: string;
  readonly offer: Offer | undefined;
  setTheme(theme: Theme): void;
  setSheet(sheet: Sheet): void;
  setSheetFull(isFull: boolean): void;
  setPanel(id: string, state: 'open' | 'closed'): void;
  enlarge(id: string | undefined): void;
  setDock(id: string | undefined): void;
  /** All views open or closed as the registry has them. */
  resetViews(): void;
  setOrder(order: CellOrder): void;
  setSeeks(seeks: SeekDefinition): void;
  /** A frame in another page stays one, whatever the link in it says. */
  setMode(mode: Mode): void;
  say(notice: string, offer?: Offer): void;
}

export const layoutSlice: StateCreator<AppState, [], [], LayoutSlice> = (set) => ({
  theme: 'dark',
  sheet: 'lanes',
  isSheetFull: false,
  panels: {},
  enlarged: undefined,
  dock: undefined,
  order: 'list',
  seeks: 'over_128',
  mode: 'desk',
  notice: '',
  offer: undefined,
  setTheme: (theme) => set({ theme }),
  // A view of both machines needs all of the screen; a sheet that was closed opens to half of it.
  setSheet: (sheet) => set((s) => ({ sheet, isSheetFull: sheet === 'dock' || (sheet !== 'lanes' && s.isSheetFull) })),
  setSheetFull: (isSheetFull) => set({ isSheetFull }),
  setPanel: (id, state) => set(({ panels }) => ({ panels: { ...panels, [id]: state } })),
  enlarge: (enlarged) => set({ enlarged }),
  setDock: (dock) => set({ dock }),
  resetViews: () => set({ panels: {}, enlarged: undefined, dock: undefined, sheet: 'lanes' }),
  setOrder: (order) => set({ order }),
  setSeeks: (seeks) => set({ seeks }),
  setMode: (mode) => set((s) => (s.mode === 'embed' ? s : { mode })),
  say: (notice, offer) => set({ notice, offer }),
});
