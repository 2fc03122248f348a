import { MS, type Ns, US } from '../../../../abi/units.ts';
import { flash } from './flash.ts';

/** (√5 − 1) / 2 as a share of 2^32: its multiples fill the range evenly and never repeat soon. */
const GOLDEN = 0x9e3779b9;

/** Between 2 and 20 ms, spread evenly: what the flash happens to have to erase is nobody's knowledge outside (R7.19). */
function pauseNs(count: number): Ns {
  return Math.round((2 + (18 * (Math.imul(count + 1, GOLDEN) >>> 0)) / 4294967296) * MS);
}

/** A first-generation SSD that stutters: fast in a row, an erase block rewritten for each write elsewhere. */
export const ssdCheap = flash(
  {
    id: 'ssd-cheap',
    label: 'SSD, cheap (JMicron class; figures assumed)',
    source: 'assumed: model.md R7.19 (random 4 KiB writes pause 2–20 ms); rates of 2008 drives of that class',
  },
  {
    readNs: 200 * US,
    readBytesPerS: 120e6,
    writeNs: 200 * US,
    writeBytesPerS: 80e6,
    readGapNs: 0,
    channels: 1,
    nonrot: true,
    scatteredWriteNs: pauseNs,
  },
);
