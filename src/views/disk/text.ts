import type { DiskFrame } from '../../abi/frame.ts';
import { short } from '../shared/format.ts';
import type { Rates } from './rates.ts';

export function diskText(disk: DiskFrame, rates: Rates, windowNs: number): string {
  const near = disk.files.find(
    ({ startSector, sectors }) => disk.headSector >= startSector && disk.headSector < startSector + sectors,
  );
  const where = near ? `in ${near.name}` : `at sector ${disk.headSector}`;
  return `In the last ${short(windowNs / 1e9)} s the disk finished ${rates.writes} writes and ${rates.reads} reads of ${short(rates.meanKib)} KiB on average, ${short(rates.mibPerS)} MiB/s. ${disk.queueSector.length} requests wait. The head stands ${where} and is ${disk.busy ? 'busy' : 'idle'}.`;
}
