import type { StateCreator } from 'zustand';
import type { AppState } from './app-store.ts';

export type Theme = 'dark' | 'light';
/** What the lower half of a narrow screen shows. */
export type Sheet = 'lanes' | 'numbers' | 'knobs';

export interface LayoutSlice {
  readonly theme: Theme;
  readonly sheet: Sheet;
  /** One short sentence about what was just done ("Link copied"). */
  readonly notice: string;
  setTheme(theme: Theme): void;
  setSheet(sheet: Sheet): void;
  say(notice: string): void;
}

export const layoutSlice: StateCreator<AppState, [], [], LayoutSlice> = (set) => ({
  theme: 'dark',
  sheet: 'lanes',
  notice: '',
  setTheme: (theme) => set({ theme }),
  setSheet: (sheet) => set({ sheet }),
  say: (notice) => set({ notice }),
});
