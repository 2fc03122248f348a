import { type Color, clampRgb, converter, differenceCiede2000, lab65 } from 'culori';

/**
 * Machado, Oliveira and Fernandes 2009, severity 1, applied to linear light as the paper does (culori's own filters
 * take gamma-encoded values); then CIEDE2000 between what is seen.
 */
export const EYES = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const toLinear = converter('lrgb');
export const distance = differenceCiede2000();

export function seen(hex: string, m: readonly number[]): Color {
  const { r, g, b } = toLinear(hex) ?? { r: 0, g: 0, b: 0 };
  const row = (i: number) => m[i]! * r + m[i + 1]! * g + m[i + 2]! * b;
  return clampRgb({ mode: 'lrgb', r: row(0), g: row(3), b: row(6) });
}

export const lightness = (hex: string, m: readonly number[]): number => lab65(seen(hex, m))?.l ?? 0;
