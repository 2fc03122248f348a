import { err, type Result } from '../abi/errors.ts';
import type { Sector } from '../abi/units.ts';
import type { Machine } from './machine/machine.ts';

const SECTORS_PER_GIB = 2097152;

/** Refuses a machine whose files or swap area reach past the end of their disk; a file must end before the swap area. */
export function refuseTooSmallDisk(m: Machine): Result<never> | undefined {
  const { swap, config } = m;
  const hasSwap = config.swapPages > 0;
  if (hasSwap && swap.startSector < 0) return tooSmall('the swap area does not fit on it');
  for (const { name, disk, extents, sectorsPerPage } of m.spaces) {
    const room = hasSwap && disk === swap.disk ? swap.startSector : config.diskSectors;
    const end = extents.reduce((most, { sector, pages }) => Math.max(most, sector + pages * sectorsPerPage), 0);
    if (end > room) return tooSmall(`"${name}" would end at ${gib(end, Math.ceil)} of ${gib(room, Math.floor)} GiB`);
  }
  return undefined;
}

const tooSmall = (message: string): Result<never> => err({ kind: 'bad-input', where: 'disk.size_gib', message });

const gib = (sectors: Sector, round: (hundredths: number) => number): string =>
  (round((100 * sectors) / SECTORS_PER_GIB) / 100).toFixed(2);
