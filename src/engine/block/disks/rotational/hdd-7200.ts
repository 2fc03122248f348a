import { drive } from './drive.ts';
import type { Figures } from './geometry.ts';

export const FIGURES_7200: Figures = {
  trackMs: 1,
  averageMs: 8.5,
  fullMs: 18,
  writeSettleMs: 1,
  rpm: 7200,
  outerBytesPerS: 125e6,
  innerBytesPerS: 60e6,
};

/** 1 TB, 7200 rpm, SATA, 2010. */
export const hdd7200 = drive(
  {
    id: 'hdd-7200',
    label: 'disk, 7200 rpm (SATA, 2010)',
    source: 'model.md R7.10–R7.17: Ruemmler and Wilkes 1994, fitted to a 2010 datasheet',
  },
  FIGURES_7200,
);
