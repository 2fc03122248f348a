import { drive } from './drive.ts';

/** An enterprise disk: half the turn, a third of the seek. */
export const hdd15k = drive(
  {
    id: 'hdd-15k',
    label: 'disk, 15 000 rpm (SAS, 2010; figures assumed)',
    source:
      'assumed: Cheetah 15K.7 and Ultrastar 15K450 class datasheets (average read seek 3.1–3.4 ms, write 0.5 ms more, 122–204 MB/s), through the formulas of model.md R7.11–R7.13',
  },
  {
    trackMs: 0.2,
    averageMs: 3.4,
    fullMs: 6.6,
    writeSettleMs: 0.5,
    rpm: 15000,
    outerBytesPerS: 204e6,
    innerBytesPerS: 122e6,
  },
);
