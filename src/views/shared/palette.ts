/**
 * Colours with a meaning. Hue answers one question: can this page be freed now? The four page states keep their
 * distance under colour blindness too, which palette.test.ts checks; everything else on a page is texture or glyph.
 */
export interface Palette {
  readonly ground: string;
  readonly sunken: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly free: string;
  readonly clean: string;
  readonly dirty: string;
  readonly writeback: string;
  readonly unevictable: string;
  /** Outline of what a reclaimer holds isolated; also the disk's head and the playhead. */
  readonly isolated: string;
  /** Drawn onto a page: referenced dot, reclaim notch. */
  readonly ink: string;
  readonly freeEdge: string;
  readonly kswapd: string;
  readonly flusher: string;
  readonly direct: string;
  readonly memcg: string;
  readonly task: string;
  /** A stack that overflowed, a task killed for want of memory: always with a shape of its own. */
  readonly alarm: string;
}

export const DARK: Palette = {
  ground: '#111417',
  sunken: '#191d21',
  text: '#eceef0',
  muted: '#959da5',
  line: '#2c3238',
  free: '#1D2327',
  clean: '#2E678B',
  dirty: '#F7C932',
  writeback: '#C8603D',
  unevictable: '#979EA8',
  isolated: '#FCFCFC',
  ink: '#0b0d0f',
  freeEdge: '#6B747C',
  kswapd: '#31FEDA',
  flusher: '#A2B9E6',
  direct: '#FB7390',
  memcg: '#8376DC',
  task: '#6e767e',
  alarm: '#FF4B3E',
};

export const LIGHT: Palette = {
  ground: '#FFFFFF',
  sunken: '#f3f4f2',
  text: '#16191d',
  muted: '#5a6169',
  line: '#d9dcdf',
  free: '#F4F3EB',
  clean: '#95CBF6',
  dirty: '#EC9626',
  writeback: '#B34612',
  unevictable: '#505050',
  isolated: '#111936',
  ink: '#16191d',
  freeEdge: '#8A8A80',
  kswapd: '#245137',
  flusher: '#0063B8',
  direct: '#C24E77',
  memcg: '#422761',
  task: '#7c848b',
  alarm: '#C40F0F',
};

export const PALETTES = { dark: DARK, light: LIGHT } as const;

/** In the order of CELL's two state bits. */
export const stateColours = (palette: Palette): readonly [string, string, string, string] => [
  palette.free,
  palette.clean,
  palette.dirty,
  palette.writeback,
];

/** `#rrggbb` as the 32 bits ImageData wants on a little-endian machine (every one that runs a browser). */
export function texel(hex: string): number {
  const rgb = Number.parseInt(hex.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
