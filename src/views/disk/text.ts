import type { DiskFrame } from '../../abi/frame.ts';
import { short } from '../shared/format.ts';
import type { Rates } from './rates.ts';

export function diskText(disks: readonly DiskFrame[], rates: Rates, windowNs: number): string {
  const did = `In the last ${short(windowNs / 1e9)} s the disk${disks.length > 1 ? 's' : ''} finished ${rates.writes} writes and ${rates.reads} reads of ${short(rates.meanKib)} KiB on average, ${short(rates.mibPerS)} MiB/s.`;
  return [did, ...disks.map((disk) => stateOf(disk, disks.length > 1 ? `Disk ${disk.name}: ` : ''))].join(' ');
}

function stateOf(disk: DiskFrame, before: string): string {
  const near = disk.files.find(
    ({ startSector, sectors }) => disk.headSector >= startSector && disk.headSector < startSector + sectors,
  );
  const where = near ? `in ${near.name}` : `at sector ${disk.headSector}`;
  const state = disk.busy ? 'busy' : 'idle';
  const head = disk.nonrot ? `It is ${state}.` : `The head stands ${where} and is ${state}.`;
  const cached = disk.cachedSectors > 0 ? ` ${disk.cachedSectors} sectors are in its write cache.` : '';
  return `${before}${disk.queueSector.length} requests wait. ${head}${cached}`;
}
