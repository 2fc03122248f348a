import { PALETTES, type Palette } from './palette.ts';

/** Colours and letters of a canvas: what CSS gives the rest of the page. */
export interface Look extends Palette {
  readonly font: string;
  readonly boldFont: string;
  readonly monoFont: string;
}

/** Below this width letters are one pixel larger. */
const NARROW_PX = 700;

export function lookOf(theme: 'dark' | 'light', pageWidth: number): Look {
  const px = pageWidth < NARROW_PX ? 13 : 12;
  return {
    ...PALETTES[theme],
    font: `${px}px "Inter Variable", system-ui, sans-serif`,
    boldFont: `600 ${px}px "Inter Variable", system-ui, sans-serif`,
    monoFont: `${px}px "IBM Plex Mono", ui-monospace, monospace`,
  };
}
