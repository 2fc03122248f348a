import type { DiskFrame, MachineFrame } from '../../abi/frame.ts';
import { type Ns, SECTOR_BYTES, type Sector } from '../../abi/units.ts';
import { fixed } from '../shared/format.ts';
import type { Cell, Table, TablesOf } from '../shared/table.ts';
import { disksOf, hasPool } from './layout.ts';

/** Per disk what it has in hand and what waits, by sector, and what its pool has lent. */
export const tables: TablesOf = ({ frame }) =>
  disksOf(frame).flatMap((disk) => [requestTable(disk, frame), ...(hasPool(disk) ? [poolTable(disk)] : [])]);

const ms = (ns: Ns): string => fixed(ns / 1e6, 2);

function requestTable(disk: DiskFrame, { nowNs, tasks, memory }: MachineFrame): Table {
  const row = (sector: Sector, sectors: Sector, isWrite: boolean, task: number, where: string, sinceNs: Ns): Cell[] => [
    sector,
    (sectors * SECTOR_BYTES) / memory.pageBytes,
    isWrite ? 'write' : 'read',
    tasks.find(({ id }) => id === task)?.name ?? '',
    where,
    ms(nowNs - sinceNs),
  ];
  return {
    caption: `${disk.name}: in the drive and waiting, by sector`,
    head: ['sector', 'pages', 'kind', 'thread', 'is', 'since, ms'],
    rows: [
      ...disk.inDrive.map((one) => row(one.sector, one.sectors, one.isWrite, one.task, 'in the drive', one.startNs)),
      ...Array.from(disk.queueSector, (sector, i) =>
        row(sector, disk.queueSectors[i]!, disk.queueWrite[i] === 1, disk.queueTask[i]!, 'waiting', disk.queueNs[i]!),
      ),
    ],
  };
}

const poolTable = ({ name, lent, congested }: DiskFrame): Table => ({
  caption: `${name}: requests lent by the pool`,
  head: ['class', 'lent', 'congested'],
  rows: (['async', 'sync'] as const).map((one) => [one, lent[one], congested[one] ? 'yes' : 'no']),
});
