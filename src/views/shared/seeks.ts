import type { Sector } from '../../abi/units.ts';
import type { SeekDefinition } from '../../store/layout.ts';

interface Extent {
  readonly start: Sector;
  readonly end: Sector;
}

/** Does going from one request to the next count as a seek? As the counters disk_seeks_* take it. */
export function isSeek(definition: SeekDefinition, last: Extent, next: Extent): boolean {
  const jump = Math.abs(next.start - last.end);
  switch (definition) {
    case 'any':
      return jump > 0;
    case 'over_128':
      return jump > 128;
    case 'over_800':
      return jump > 800;
    case 'btt':
      return ![next.start, next.end].some((edge) => edge >= last.start && edge <= last.end);
  }
}
