import type { Ns } from '../../abi/units.ts';

export const THIN = '\u2009';
const MINUS = '\u2212';
/** A number that a machine does not have: NaN in its frames, and Infinity for a limit that is not set. Never a zero. */
const NONE = '–';

/** 13870 → "13 870" with thin spaces. */
export function group(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  const text = String(Math.abs(Math.round(value)));
  return `${value < 0 ? MINUS : ''}${text.replace(/\B(?=(\d{3})+$)/g, THIN)}`;
}

/** The same for a number in words, which may be larger than a double holds; other words stay as they are. */
export const groupWords = (text: string): string =>
  /^\d+$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, THIN) : text;

/** At most three significant digits below a thousand, whole numbers above, thousands from a hundred thousand on. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size >= 99_950) return `${group(value / 1000)}k`;
  if (Number.isInteger(value) || size >= 100) return group(value);
  const digits = size >= 10 ? 1 : 2;
  return `${value < 0 ? MINUS : ''}${size.toFixed(digits)}`;
}

/** 38.420: virtual seconds, three decimals. */
export const seconds = (ns: Ns): string => fixed(ns / 1e9, 3);

/** With so many decimals. */
export const fixed = (value: number, decimals: number): string =>
  Number.isFinite(value) ? value.toFixed(decimals) : NONE;

export const percent = (share: number): string =>
  Number.isFinite(share) ? `${short(Math.round(share * 1000) / 10)}${THIN}%` : NONE;
export const mib = (pages: number, pageBytes: number): string => fixed((pages * pageBytes) / 1048576, 1);

/** "0.10×", "25×", "max". */
export function speedText(speed: number): string {
  if (!Number.isFinite(speed)) return 'max';
  if (speed >= 10) return `${Math.round(speed)}×`;
  if (speed >= 1) return `${speed.toFixed(1)}×`;
  return `${speed.toFixed(speed < 0.0095 ? 4 : speed < 0.095 ? 3 : 2)}×`;
}

export interface Delta {
  /** "÷ 10.9", "× 7.3", "− 25 %", "new". */
  readonly text: string;
  /** The same for the ear. */
  readonly words: string;
}

/** From A to B, without a judgement: whether fewer is better depends on the number. */
export function delta(a: number, b: number, unit: string): Delta {
  if (a === b) return { text: '=', words: 'the same' };
  const more = b > a;
  const sign = more ? '+' : MINUS;
  const word = more ? 'more' : 'fewer';
  if (a === 0) return { text: 'new', words: 'only in B' };
  if (unit === '%' || b === 0) {
    const by = short(Math.abs(b - a));
    return { text: `${sign}${THIN}${by}`, words: `${by} ${unit === '%' ? 'points ' : ''}${word}` };
  }
  const ratio = b / a;
  const trim = (value: number) => short(Number(value.toPrecision(3)));
  if (ratio >= 2) return { text: `×${THIN}${trim(ratio)}`, words: `${trim(ratio)} times as much` };
  if (ratio <= 0.5) return { text: `÷${THIN}${trim(1 / ratio)}`, words: `${trim(1 / ratio)} times less` };
  const share = short(Math.round(Math.abs(ratio - 1) * 1000) / 10);
  return { text: `${sign}${THIN}${share}${THIN}%`, words: `${share} percent ${word}` };
}
