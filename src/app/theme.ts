import { useEffect } from 'react';
import type { Theme } from '../store/layout.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { PALETTES } from '../views/shared/palette.ts';

export const systemTheme = (): Theme => (window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');

/** The palette is kept in one place, for canvases and CSS alike: here it becomes custom properties. */
export function useTheme(): void {
  const theme = useApp((s) => s.theme);
  const { feed } = useParts();
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    dataset.theme = theme;
    for (const [name, colour] of Object.entries(PALETTES[theme])) style.setProperty(`--${name.toLowerCase()}`, colour);
    feed.touch();
  }, [theme, feed]);
}
