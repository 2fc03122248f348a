import type { FileFrame } from '../../abi/frame.ts';
import type { Sector } from '../../abi/units.ts';

/** A file in one piece, of which all is written. */
export const fileOf = (name: string, space: number, startSector: Sector, sectors: Sector): FileFrame => ({
  name,
  space,
  startSector,
  sectors,
  placeSectors: sectors,
  stretches: [{ sector: startSector, sectors }],
});
