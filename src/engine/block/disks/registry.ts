import type { DeviceDriver } from '../../machine/disk.ts';
import { ssdCheap } from './flash/ssd-cheap.ts';
import { ssd80, ssd160 } from './flash/ssd-x25m.ts';
import { usbStick } from './flash/usb-stick.ts';
import { hdd15k } from './rotational/hdd-15k.ts';
import { hdd7200 } from './rotational/hdd-7200.ts';

/** The first one is the default. Adding a drive is its figures in a file and a line. */
export const DISKS: readonly DeviceDriver[] = [hdd7200, hdd15k, ssd80, ssd160, ssdCheap, usbStick];
