import { fieldOf, type TraceShape, type TraceTable } from '../../abi/trace-table.ts';
import type { ScriptRow } from '../../abi/vmscan-script.ts';
import { areModesBits, isOfActive } from '../isolate-mode.ts';
import { type Counter, countAll, TraceRows } from '../summary/pass.ts';
import { ReclaimTimes, WRITE_EVENTS } from '../summary/reclaim.ts';
import { countRow, FIGURE_KEYS, type Figures, figureDefinitions, figureLabel, secondsRow } from './labels.ts';

type Totals = { -readonly [key in keyof Figures]: number };
type Scope = 'memcg' | 'memcg_softlimit' | 'node';

const noFigures = (): Totals => ({
  pagesScanned: 0,
  fileScanned: 0,
  anonScanned: 0,
  pagesReclaimed: 0,
  fileReclaimed: 0,
  anonReclaimed: 0,
  writeFileSync: 0,
  writeAnonSync: 0,
  writeFileAsync: 0,
  writeAnonAsync: 0,
});

/** Reclaim that the script does not know: its begin and end events, and what it is called. */
const SCOPES: Readonly<Record<Scope, string>> = {
  memcg: 'Memory cgroup reclaim',
  memcg_softlimit: 'Soft limit reclaim',
  node: 'Node reclaim',
};
const SCOPE_EVENT = /^mm_vmscan_(memcg|memcg_softlimit|node)_reclaim_(begin|end)$/;

/** The rows of the script's summary over every event of the trace, whoever caused it. Without tasks in the text: two of them. */
export function countedRows(table: TraceTable): readonly ScriptRow[] {
  const rows = new TraceRows(table);
  const count = new FullCount(rows);
  const times = new ReclaimTimes(rows);
  countAll(table, [times.reclaims, times.kswapd, count.scopes, count.begins, count.requests, count.figures]);
  const { pairs, awake } = times;
  /** A clock that counts no time has no seconds. */
  const time = (label: string, micros: number, definition: string) =>
    table.clock === 'seconds' ? [secondsRow(label, micros / 1000, definition)] : [];
  const within = (kind: string) => pairs[kind]?.latency_us_sum ?? 0;
  const begins = countRow('Direct reclaims', count.directReclaims, 'mm_vmscan_direct_reclaim_begin events.');
  const requests = countRow(
    'Wake kswapd requests',
    count.wakeRequests,
    'mm_vmscan_wakeup_kswapd events, of every task.',
  );
  if (!rows.knowsTasks) return [begins, requests];
  return [
    begins,
    ...count.rowsOf('Direct'),
    requests,
    ...time('Time stalled direct reclaim', within('direct'), PAIRED),
    countRow('Kswapd wakeups', awake.intervals + awake.still_awake_at_end, WAKEUPS),
    ...count.rowsOf('Kswapd'),
    ...time('Time kswapd awake', awake.us_sum, AWAKE),
    ...(Object.keys(SCOPES) as Scope[])
      .filter(count.hasScope)
      .flatMap((scope) => [
        ...count.scopeRows(scope),
        ...time(`Time in ${SCOPES[scope].toLowerCase()}`, within(scope), PAIRED),
      ]),
  ];
}

const PAIRED = 'From each begin to the end of the same pid.';
const WAKEUPS = 'mm_vmscan_kswapd_wake events while it slept, the last one too if it is still awake at the end.';
const AWAKE =
  'From the first wake to the full sleep; sleeps without a wake and the last wake without a sleep left out.';

class FullCount {
  directReclaims = 0;
  wakeRequests = 0;
  private readonly rows: TraceRows;
  private readonly who = { Direct: noFigures(), Kswapd: noFigures() };
  private readonly within = new Map<number, Scope>();
  private readonly scoped = new Map<Scope, Totals & { reclaims: number }>();
  /** Figures that some event of the trace tells; the words of 2.6.36 do not say which list pages came from. */
  private readonly told = new Set<keyof Figures>(WRITE_KEYS);

  constructor(rows: TraceRows) {
    this.rows = rows;
  }

  readonly scopes: Counter = ({ event }) => {
    const match = SCOPE_EVENT.exec(event);
    if (match === null) return undefined;
    const scope = match[1] as Scope;
    const totals = this.scoped.get(scope) ?? { ...noFigures(), reclaims: 0 };
    this.scoped.set(scope, totals);
    if (match[2] === 'end') return (row) => this.within.delete(this.rows.pid(row));
    return (row) => {
      totals.reclaims++;
      this.within.set(this.rows.pid(row), scope);
    };
  };

  readonly begins: Counter = ({ event }) =>
    event === 'mm_vmscan_direct_reclaim_begin' ? () => this.directReclaims++ : undefined;

  readonly requests: Counter = ({ event }) =>
    event === 'mm_vmscan_wakeup_kswapd' ? () => this.wakeRequests++ : undefined;

  readonly figures: Counter = (shape) => {
    if (shape.event === 'mm_vmscan_lru_isolate' || shape.event === 'mm_vmscan_memcg_isolate')
      return this.isolate(shape);
    if (shape.event === 'mm_vmscan_lru_shrink_inactive') return this.shrink(shape);
    return WRITE_EVENTS.includes(shape.event) ? this.write(shape) : undefined;
  };

  private isolate(shape: TraceShape) {
    const [lru, mode, scanned] = [fieldOf(shape, 'lru'), fieldOf(shape, 'isolate_mode'), fieldOf(shape, 'nr_scanned')];
    this.told.add('pagesScanned');
    if (lru < 0) {
      const { values, table } = this.rows;
      const areBits = areModesBits(table);
      return (row: number) => {
        if (!isOfActive(values.number(row, mode), areBits)) this.add(row, 'pagesScanned', values.number(row, scanned));
      };
    }
    this.told.add('fileScanned').add('anonScanned');
    return (row: number) => {
      const list = this.rows.text(row, lru);
      if (!list.startsWith('inactive')) return;
      const pages = this.rows.values.number(row, scanned);
      this.add(row, 'pagesScanned', pages);
      this.add(row, list.endsWith('_file') ? 'fileScanned' : 'anonScanned', pages);
    };
  }

  private shrink(shape: TraceShape) {
    const [reclaimed, flags] = [fieldOf(shape, 'nr_reclaimed'), fieldOf(shape, 'flags')];
    this.told.add('pagesReclaimed').add('fileReclaimed').add('anonReclaimed');
    return (row: number) => {
      const pages = this.rows.values.number(row, reclaimed);
      this.add(row, 'pagesReclaimed', pages);
      this.add(row, isOfFiles(this.rows.text(row, flags)) ? 'fileReclaimed' : 'anonReclaimed', pages);
    };
  }

  private write(shape: TraceShape) {
    const flags = fieldOf(shape, 'flags');
    return (row: number) => {
      const text = this.rows.text(row, flags);
      const isSync = text.includes('RECLAIM_WB_SYNC');
      if (isOfFiles(text)) this.add(row, isSync ? 'writeFileSync' : 'writeFileAsync', 1);
      else this.add(row, isSync ? 'writeAnonSync' : 'writeAnonAsync', 1);
    };
  }

  private add(row: number, key: keyof Figures, pages: number): void {
    this.who[this.rows.who(row) === 'kswapd' ? 'Kswapd' : 'Direct'][key] += pages;
    const scope = this.within.get(this.rows.pid(row));
    if (scope !== undefined) this.scoped.get(scope)![key] += pages;
  }

  rowsOf(who: 'Direct' | 'Kswapd'): readonly ScriptRow[] {
    const keys = FIGURE_KEYS.filter((key) => this.told.has(key));
    const whose =
      who === 'Kswapd' ? 'By tasks named kswapd.' : 'By every task but kswapd, for its zone, group or node.';
    return keys.map((key) => countRow(figureLabel(who, key), this.who[who][key], `${COUNTED[key]} ${whose}`));
  }

  private figureIfTold(label: string, key: keyof Figures, totals: Figures, definition: string): readonly ScriptRow[] {
    return this.told.has(key) ? [countRow(label, totals[key], definition)] : [];
  }

  readonly hasScope = (scope: Scope): boolean => this.scoped.has(scope);

  scopeRows(scope: Scope): readonly ScriptRow[] {
    const totals = this.scoped.get(scope)!;
    const name = SCOPES[scope];
    const within = `By a task between mm_vmscan_${scope}_reclaim_begin and its end; in the rows above too.`;
    return [
      countRow(`${name}s`, totals.reclaims, `mm_vmscan_${scope}_reclaim_begin events.`),
      ...this.figureIfTold(`${name} pages scanned`, 'pagesScanned', totals, within),
      ...this.figureIfTold(`${name} pages reclaimed`, 'pagesReclaimed', totals, within),
      countRow(`${name} pages written`, pagesWritten(totals), within),
    ];
  }
}

const WRITE_KEYS = ['writeFileSync', 'writeAnonSync', 'writeFileAsync', 'writeAnonAsync'] as const;
const isOfFiles = (flags: string): boolean => flags.includes('RECLAIM_WB_FILE');
const pagesWritten = (of: Figures): number => WRITE_KEYS.reduce((total, key) => total + of[key], 0);

const SCANNED = 'nr_scanned of mm_vmscan_lru_isolate from inactive lists.';
const RECLAIMED = 'nr_reclaimed of mm_vmscan_lru_shrink_inactive.';
const WRITTEN = 'mm_vmscan_writepage and mm_vmscan_write_folio events.';
const COUNTED = figureDefinitions(SCANNED, RECLAIMED, WRITTEN);
