import type { Pfn } from '../../abi/units.ts';
import { pageAt } from '../shared/cell-grid.ts';
import type { Band } from './layout.ts';

/** The frame that is drawn at a point of the picture; undefined between the bands and beyond the end of memory. */
export function frameAt(x: number, y: number, bands: readonly Band[]): Pfn | undefined {
  const band = bands.find(({ top, size }) => y >= top && y < top + size.height);
  const at = band && pageAt(band.grid, band.size, x, y - band.top);
  return at === undefined ? undefined : band!.from + at;
}
