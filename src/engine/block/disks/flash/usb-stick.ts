import { MS } from '../../../../abi/units.ts';
import { anywhere, flash } from './flash.ts';

/**
 * A USB 2.0 stick: what a slow disk beside a fast one does to everybody.
 * @remarks It says nothing of being flash, so the kernel takes it for a disk that turns. Not modelled: erase blocks, which make
 * small scattered writes slower still, and usb-storage's limit of 240 sectors a request.
 */
export const usbStick = flash(
  {
    id: 'usb-stick',
    label: 'USB stick (5.5 MB/s; figures assumed)',
    source: 'assumed: 5–6 MB/s of writes as told in the thread (history.md §4.3); reads 20 MB/s, 1 ms for a command',
  },
  {
    readNs: MS,
    readBytesPerS: 20e6,
    writeNs: MS,
    writeBytesPerS: 5.5e6,
    readGapNs: 0,
    channels: 1,
    nonrot: false,
    scatteredWriteNs: anywhere,
  },
);
