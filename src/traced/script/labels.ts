import type { ScriptRow } from '../../abi/vmscan-script.ts';

/** A figure of the script's summary, per process; the labels are its own words, without who reclaimed. */
export interface Figures {
  readonly pagesScanned: number;
  readonly fileScanned: number;
  readonly anonScanned: number;
  readonly pagesReclaimed: number;
  readonly fileReclaimed: number;
  readonly anonReclaimed: number;
  readonly writeFileSync: number;
  readonly writeAnonSync: number;
  readonly writeFileAsync: number;
  readonly writeAnonAsync: number;
}

/** In the order in which the script of 6.12 prints them. */
export const FIGURE_KEYS = [
  'pagesScanned',
  'fileScanned',
  'anonScanned',
  'pagesReclaimed',
  'fileReclaimed',
  'anonReclaimed',
  'writeFileSync',
  'writeAnonSync',
  'writeFileAsync',
  'writeAnonAsync',
] as const satisfies readonly (keyof Figures)[];

const WORDS: Readonly<Record<keyof Figures, string>> = {
  pagesScanned: 'pages scanned',
  fileScanned: 'file pages scanned',
  anonScanned: 'anon pages scanned',
  pagesReclaimed: 'pages reclaimed',
  fileReclaimed: 'file pages reclaimed',
  anonReclaimed: 'anon pages reclaimed',
  writeFileSync: 'write file sync I/O',
  writeAnonSync: 'write anon sync I/O',
  writeFileAsync: 'write file async I/O',
  writeAnonAsync: 'write anon async I/O',
};

/** What each figure counts, said once per kind of event. */
export const figureDefinitions = (
  scanned: string,
  reclaimed: string,
  written: string,
): Readonly<Record<keyof Figures, string>> => ({
  pagesScanned: scanned,
  fileScanned: scanned,
  anonScanned: scanned,
  pagesReclaimed: reclaimed,
  fileReclaimed: reclaimed,
  anonReclaimed: reclaimed,
  writeFileSync: written,
  writeAnonSync: written,
  writeFileAsync: written,
  writeAnonAsync: written,
});

/** `Direct reclaim pages scanned`, but `Kswapd pages scanned` and `Kswapd reclaim write file sync I/O`. */
export function figureLabel(who: 'Direct' | 'Kswapd', key: keyof Figures): string {
  const reclaim = who === 'Direct' || key.startsWith('write') ? ' reclaim' : '';
  return `${who}${reclaim} ${WORDS[key]}`;
}

export const countRow = (label: string, value: number, definition: string): ScriptRow => ({
  label,
  value,
  unit: '',
  definition,
});

export const secondsRow = (label: string, ms: number, definition: string): ScriptRow => ({
  label,
  value: ms / 1000,
  unit: 'seconds',
  definition,
});
