import type { DiskFrame } from '../../abi/frame.ts';
import { type Ns, SECTOR_BYTES } from '../../abi/units.ts';
import { fixed } from '../shared/format.ts';
import type { Cell, Table, TableScene, TablesOf } from '../shared/table.ts';

/** More than these is what Export is for. */
const SERVED_MAX = 200;

/** The files of each disk, and what it has finished in the time shown; what waits is the request queue's to tell. */
export const tables: TablesOf = (scene) => {
  const { disk, moreDisks } = scene.frame;
  return [disk, ...moreDisks].flatMap((one, at) => [filesTable(one), servedTable(one, at, scene)]);
};

const kindOf = (isWrite: number | undefined): string => (isWrite ? 'write' : 'read');
const ms = (ns: Ns): string => fixed(ns / 1e6, 2);

const filesTable = ({ name, model, headSector, nonrot, files }: DiskFrame): Table => ({
  caption: [name, model, nonrot || Number.isNaN(headSector) ? '' : `head at sector ${headSector}`]
    .filter((words) => words !== '')
    .join(', '),
  head: ['file', 'first sector', 'sectors'],
  rows: files.map((file) => [file.name, file.startSector, file.sectors]),
});

function servedTable({ name }: DiskFrame, at: number, { requests, frame, windowNs }: TableScene): Table {
  const { columns } = requests;
  const first = requests.endedBy(frame.nowNs - windowNs);
  const rows: (readonly Cell[])[] = [];
  for (let row = requests.endedBy(frame.nowNs) - 1; row >= first && rows.length < SERVED_MAX; row--) {
    if (columns.disk[row] !== at) continue;
    rows.push([
      columns.sector[row]!,
      (columns.startNs[row]! / 1e9).toFixed(6),
      (columns.sectors[row]! * SECTOR_BYTES) / frame.memory.pageBytes,
      kindOf(columns.write[row]),
      ms(columns.seekNs[row]!),
      ms(columns.rotateNs[row]!),
      ms(columns.transferNs[row]!),
      ms(columns.endNs[row]! - columns.startNs[row]!),
    ]);
  }
  const caption = `${name}: finished in the last ${windowNs / 1e9} s, the newest first${rows.length === SERVED_MAX ? `; the last ${SERVED_MAX}` : ''}`;
  return { caption, head: ['sector', 'from, s', 'pages', 'kind', 'seek, ms', 'rotate', 'transfer', 'in all'], rows };
}
