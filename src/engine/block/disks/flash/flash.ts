import { type Ns, SECTOR_BYTES, type Sector } from '../../../../abi/units.ts';
import { type DeviceDriver, type DiskState, rests } from '../../../machine/disk.ts';

/** What a datasheet says of a flash drive: latency and rate of a request that is alone. */
export interface Figures {
  readonly readNs: Ns;
  readonly readBytesPerS: number;
  readonly writeNs: Ns;
  readonly writeBytesPerS: number;
  /** Between two reads that overlap there is at least so much: what the controller can begin in a second. */
  readonly readGapNs: Ns;
  readonly channels: number;
  readonly nonrot: boolean;
  /** What a write costs on top when it does not go on where the last one ended; the how-manieth such write it is. */
  scatteredWriteNs(count: number): Ns;
}

/**
 * Flash behind a controller: latency plus size over rate, wherever the sector lies (R7.18). Of requests that overlap the
 * latencies of reads run side by side, their data comes one after the other; writes gain nothing: the datasheet's random
 * writes are as many as a depth of 1 gives.
 */
export function flash(name: Pick<DeviceDriver, 'id' | 'label' | 'source'>, figures: Figures): DeviceDriver {
  const { readNs, readBytesPerS, writeNs, writeBytesPerS, readGapNs, channels, nonrot } = figures;
  return {
    ...name,
    nonrot,
    channels,
    serve: (disk, { write, sector, sectors }, nowNs) => {
      const scatteredNs = write && sector !== disk.writtenTo ? figures.scatteredWriteNs(disk.scatteredWrites++) : 0;
      disk.headSector = sector + sectors;
      if (write) disk.writtenTo = disk.headSector;
      disk.transferNs = dataNs(sectors, write ? writeBytesPerS : readBytesPerS);
      const aloneNs = scatteredNs + (write ? writeNs : readNs) + disk.transferNs;
      return write ? oneAfterTheOther(disk, nowNs, aloneNs) : sideBySide(disk, nowNs, aloneNs, readGapNs);
    },
    goOn: rests,
  };
}

function oneAfterTheOther(disk: DiskState, nowNs: Ns, aloneNs: Ns): Ns {
  disk.writeBusyUntilNs = Math.max(nowNs, disk.writeBusyUntilNs) + aloneNs;
  return disk.writeBusyUntilNs - nowNs;
}

function sideBySide(disk: DiskState, nowNs: Ns, aloneNs: Ns, gapNs: Ns): Ns {
  const apartNs = disk.readBusyUntilNs + Math.max(disk.transferNs, gapNs);
  disk.readBusyUntilNs = Math.max(nowNs + aloneNs, apartNs);
  return disk.readBusyUntilNs - nowNs;
}

function dataNs(sectors: Sector, bytesPerS: number): Ns {
  return Math.round((sectors * SECTOR_BYTES * 1e9) / bytesPerS);
}

/** A write costs the same wherever it goes. */
export const anywhere = (): Ns => 0;
