import { fieldOf, type ReadTrace, type TraceShape, type TraceTable } from '../../abi/trace-table.ts';
import {
  beginDirect,
  countWrite,
  createProcess,
  endDirect,
  requestWake,
  type ScriptProcess,
  sleepKswapd,
  wakeKswapd,
} from '../../abi/vmscan-script-process.ts';
import { TraceRows } from '../summary/pass.ts';
import { ScriptNames } from './names.ts';
import { scriptReads } from './patterns.ts';

/** What the script of 6.12 keeps beyond that of 2.6.36. */
export interface ModernProcess extends ScriptProcess {
  fileScanned: number;
  anonScanned: number;
  pagesReclaimed: number;
  fileReclaimed: number;
  anonReclaimed: number;
}

/** Texts whose lines the script understands. Others have no dash between name and pid, no brackets or no time. */
const DIALECTS: readonly string[] = ['trace', 'trace-cmd report'];
/** Flag columns that it knows; it skips a line with others. */
const FLAGS = /^([dX.][Nnp.][Hhs.][0-9a-fA-F.]*|)$/;

export const scriptUnderstands = ({ reading }: ReadTrace): boolean =>
  reading.dialects.every((dialect) => DIALECTS.includes(dialect));

/** The processes of a trace as trace-vmscan-postprocess.pl of 6.12 sees them without format files, in the order of appearance. */
export function readAsModernScript(read: ReadTrace): readonly ModernProcess[] {
  if (!scriptUnderstands(read)) return [];
  const { table } = read;
  const rows = new TraceRows(table);
  const names = new ScriptNames(table);
  const acts = table.shapes.map((shape) => actOf(rows, shape));
  const knownFlags = table.texts.map((text) => FLAGS.test(text));
  const processes = new Map<string, ModernProcess>();
  for (let row = 0; row < table.count; row++) {
    if (!knownFlags[table.flags[row]!]!) continue;
    const name = names.of(row);
    const process = processes.get(name) ?? createModern(name);
    processes.set(name, process);
    acts[table.shape[row]!]?.(process, row);
  }
  return [...processes.values()];
}

const createModern = (name: string): ModernProcess => ({
  ...createProcess(name),
  fileScanned: 0,
  anonScanned: 0,
  pagesReclaimed: 0,
  fileReclaimed: 0,
  anonReclaimed: 0,
});

/** The script's time_to_ms(): seconds and microseconds apart; a count without a point is taken for seconds. */
function scriptMs(table: TraceTable, micros: number): number {
  if (table.clock !== 'seconds') return micros * 1000;
  return Math.floor(micros / 1e6) * 1000 + (micros % 1e6) / 1000;
}

type Act = (process: ModernProcess, row: number) => void;

function actOf(rows: TraceRows, shape: TraceShape): Act | undefined {
  const reads = scriptReads(shape);
  const field = (name: string) => fieldOf(shape, name);
  const now = (row: number) => scriptMs(rows.table, rows.micros(row));
  const order = field('order');
  const orderOf = (row: number) => (reads ? rows.values.number(row, order) : undefined);
  switch (shape.event) {
    case 'mm_vmscan_direct_reclaim_begin':
      return (p, row) => beginDirect(p, orderOf(row), now(row));
    case 'mm_vmscan_direct_reclaim_end':
      return (p, row) => endDirect(p, now(row));
    case 'mm_vmscan_kswapd_wake':
      return reads ? (p, row) => wakeKswapd(p, rows.values.number(row, order), now(row)) : undefined;
    case 'mm_vmscan_kswapd_sleep':
      return (p, row) => sleepKswapd(p, now(row));
    case 'mm_vmscan_wakeup_kswapd':
      return (p, row) => requestWake(p, orderOf(row));
    case 'mm_vmscan_lru_isolate':
      return reads ? isolate(rows, field('nr_scanned'), field('lru')) : undefined;
    case 'mm_vmscan_lru_shrink_inactive':
      return reads ? shrink(rows, field('nr_reclaimed'), field('flags')) : undefined;
    case 'mm_vmscan_writepage':
      return reads ? write(rows, field('flags')) : undefined;
    default:
      return undefined;
  }
}

/** Only the inactive lists count as scanned. */
function isolate(rows: TraceRows, scanned: number, lru: number): Act {
  return (p, row) => {
    const list = rows.text(row, lru);
    if (!list.includes('inactive_')) return;
    const pages = rows.values.number(row, scanned);
    p.pagesScanned += pages;
    p[list.includes('_file') ? 'fileScanned' : 'anonScanned'] += pages;
  };
}

function shrink(rows: TraceRows, reclaimed: number, flags: number): Act {
  return (p, row) => {
    const pages = rows.values.number(row, reclaimed);
    p.pagesReclaimed += pages;
    p[rows.text(row, flags).includes('RECLAIM_WB_FILE') ? 'fileReclaimed' : 'anonReclaimed'] += pages;
  };
}

function write(rows: TraceRows, flags: number): Act {
  return (p, row) => {
    const text = rows.text(row, flags);
    countWrite(p, text.includes('RECLAIM_WB_FILE'), text.includes('RECLAIM_WB_SYNC'));
  };
}
