import type { DiskFrame } from '../../abi/frame.ts';
import type { Ns } from '../../abi/units.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { short } from '../shared/format.ts';
import type { Rates } from './rates.ts';
import { hasSplit, NO_SPLIT, PARTS, partWords, shareWords, splitOfRow, splitOfWindow, wholeOf } from './split.ts';

export function diskText(disks: readonly DiskFrame[], rates: Rates, windowNs: number): string {
  const did = `In the last ${short(windowNs / 1e9)} s the disk${disks.length > 1 ? 's' : ''} finished ${rates.writes} writes and ${rates.reads} reads of ${short(rates.meanKib)} KiB on average, ${short(rates.mibPerS)} MiB/s.`;
  return [did, ...disks.map((disk) => stateOf(disk, disks.length > 1 ? `Disk ${disk.name}: ` : ''))].join(' ');
}

function stateOf(disk: DiskFrame, before: string): string {
  const near = disk.files.find(
    ({ space, startSector, placeSectors }) =>
      space >= 0 && disk.headSector >= startSector && disk.headSector < startSector + placeSectors,
  );
  const where = near ? `in ${near.name}` : `at sector ${disk.headSector}`;
  const state = disk.busy ? 'busy' : 'idle';
  const head =
    disk.nonrot || Number.isNaN(disk.headSector) ? `It is ${state}.` : `The head stands ${where} and is ${state}.`;
  const cached = disk.cachedSectors > 0 ? ` ${disk.cachedSectors} sectors are in its write cache.` : '';
  return `${before}${disk.queueSector.length} requests wait. ${head}${cached}`;
}

/** Where the drive's time went: in the last request, and in all that finished in the window. */
export function splitText(requests: RequestHistory, atNs: Ns, windowNs: Ns): string {
  const last = requests.endedBy(atNs) - 1;
  if (last < 0) return 'No request has finished.';
  if (!hasSplit(requests, last)) return NO_SPLIT;
  const named = (words: readonly string[]) => PARTS.map(({ name }, part) => `${name} ${words[part]}`).join(', ');
  const of = `Of the last request: ${named(partWords(splitOfRow(requests, last)))} ms`;
  const all = splitOfWindow(requests, atNs, windowNs);
  return wholeOf(all) === 0 ? `${of}.` : `${of}; of all in that time: ${named(shareWords(all))}.`;
}
