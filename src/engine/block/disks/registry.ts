import type { DeviceDriver } from '../../machine/block-state.ts';
import { hdd7200 } from './hdd-7200.ts';

export const DISKS: readonly DeviceDriver[] = [hdd7200];
