import { S, US } from '../../../../abi/units.ts';
import { anywhere, flash } from './flash.ts';

const SOURCE = 'model.md R7.18: Intel X25-M G2 datasheet, 2009';

/** What the 80 GB and the 160 GB drive share: 35 000 reads a second however many are under way, ten channels. */
const X25M = {
  readNs: 65 * US,
  readBytesPerS: 250e6,
  writeNs: 85 * US,
  readGapNs: Math.round(S / 35000),
  channels: 10,
  nonrot: true,
  scatteredWriteNs: anywhere,
};

export const ssd80 = flash(
  { id: 'ssd-80', label: 'SSD, 80 GB (Intel X25-M G2; figures assumed)', source: SOURCE },
  { ...X25M, writeBytesPerS: 70e6 },
);
export const ssd160 = flash(
  { id: 'ssd-160', label: 'SSD, 160 GB (Intel X25-M G2; figures assumed)', source: SOURCE },
  { ...X25M, writeBytesPerS: 100e6 },
);
