import type { FileFrame } from '../../abi/frame.ts';
import { SECTOR_BYTES, type Sector } from '../../abi/units.ts';
import type { RequestTable } from './requests.ts';

/** Requests nearer to each other than this are of one stretch, unless that makes more stretches than can be told apart. */
const APART_SECTORS = 2 ** 14;
const STRETCHES_MAX = 12;
const MIB_SECTORS = 2 ** 20 / SECTOR_BYTES;

/**
 * Of which parts of a disk anything is asked in the whole trace, in the place of its files, of which no event tells where they lie:
 * a scale that leaves out the rest shows the way of the head. Each is named by where it begins, and is in no address space.
 */
export function touchedOf({ count, disk, sector, sectors }: RequestTable, of: number): readonly FileFrame[] {
  const rows = Array.from({ length: count }, (_, row) => row)
    .filter((row) => disk[row] === of)
    .sort((a, b) => sector[a]! - sector[b]!);
  let apart = APART_SECTORS;
  const joined = (): { from: Sector; to: Sector }[] => {
    const out: { from: Sector; to: Sector }[] = [];
    for (const row of rows) {
      const from = sector[row]!;
      const last = out.at(-1);
      if (last && from <= last.to + apart) last.to = Math.max(last.to, from + sectors[row]!);
      else out.push({ from, to: from + sectors[row]! });
    }
    return out;
  };
  let stretches = joined();
  while (stretches.length > STRETCHES_MAX) {
    apart *= 2;
    stretches = joined();
  }
  return stretches.map(({ from, to }) => ({
    name: `${Math.floor(from / MIB_SECTORS)} MiB`,
    space: -1,
    startSector: from,
    sectors: to - from,
    placeSectors: to - from,
    stretches: [{ sector: from, sectors: to - from }],
  }));
}
