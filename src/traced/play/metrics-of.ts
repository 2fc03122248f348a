import { ACTOR } from '../../abi/actor.ts';
import { SAMPLED } from '../../abi/counters.ts';
import { METRICS, type MetricName } from '../../abi/metrics.ts';
import { type Ns, S, SECTOR_BYTES, SECTORS_PER_PAGE } from '../../abi/units.ts';
import type { Known } from './known.ts';
import type { PlayState } from './state.ts';
import { SUM, type SumName } from './sums.ts';

/** What a figure is read from: the sums at a place, and what the trace can tell at all. */
export interface Place {
  readonly state: PlayState;
  readonly nowNs: Ns;
  readonly known: Known;
}
type Read = (place: Place) => number;

const sum =
  (name: SumName, row = 0, per = 1): Read =>
  ({ state }) =>
    state.sums[SUM[name] + row]! / per;
const needs =
  (part: keyof Known, read: Read): Read =>
  (place) =>
    place.known[part] ? read(place) : Number.NaN;
const over = (above: number, below: number): number => (below === 0 ? Number.NaN : above / below);
const total =
  (name: SumName, count: number): Read =>
  ({ state }) => {
    let all = 0;
    for (let row = 0; row < count; row++) all += state.sums[SUM[name] + row]!;
    return all;
  };

const FILE = 0;
const ANON = 2;
const SYNC = 1;
const ACTOR_COUNT = 5;
/** mm_vmscan_writepage events of an actor, async and sync as asked for. */
const wrote = (actor: number, what: number, ...modes: readonly number[]): Read =>
  needs('written', ({ state }) =>
    modes.reduce((all, mode) => all + state.sums[SUM.written + 4 * actor + what + mode]!, 0),
  );
const scanned = (actor: number): Read => needs('scanned', sum('scanned', actor));
const freed = (actor: number): Read => needs('freed', sum('reclaimed', actor));
/** Who is in direct or memcg reclaim is told by events of their own. */
const inReclaim = (read: Read): Read => needs('reclaim', read);
const disk = (read: Read): Read => needs('disk', read);
/** A time, or what is reckoned per second. */
const timed = (read: Read): Read => needs('times', read);
const requests: Read = ({ state }) => state.sums[SUM.reads]! + state.sums[SUM.writes]!;
const sentPages = (actor: number): Read => disk(sum('writtenSectors', actor, SECTORS_PER_PAGE));
const sentRequests = (actor: number): Read => disk(sum('writeRequests', actor));
const kswapdFreed: Read = ({ state: { sums } }) => sums[SUM.reclaimed + ACTOR.KSWAPD]! + sums[SUM.softReclaimed]!;
const allFreed: Read = (place) => total('reclaimed', ACTOR_COUNT)(place) + place.state.sums[SUM.softReclaimed]!;

/** The metrics that the events of a trace can tell, by the definitions of abi/metrics. */
const READS: Partial<Readonly<Record<MetricName, Read>>> = {
  direct_reclaims: inReclaim(sum('directReclaims')),
  direct_pages_scanned: inReclaim(scanned(ACTOR.DIRECT)),
  direct_pages_reclaimed: inReclaim(freed(ACTOR.DIRECT)),
  direct_write_file_async: inReclaim(wrote(ACTOR.DIRECT, FILE, 0)),
  direct_write_file_sync: inReclaim(wrote(ACTOR.DIRECT, FILE, SYNC)),
  direct_write_anon_async: inReclaim(wrote(ACTOR.DIRECT, ANON, 0)),
  direct_write_anon_sync: inReclaim(wrote(ACTOR.DIRECT, ANON, SYNC)),
  direct_stall_s: inReclaim(timed(sum('directNs', 0, S))),
  allocstall: inReclaim(sum('directReclaims')),
  kswapd_wake_requests: inReclaim(sum('wakeRequests')),
  kswapd_wakeups: inReclaim(sum('wakeups')),
  kswapd_pages_scanned: scanned(ACTOR.KSWAPD),
  kswapd_pages_reclaimed: freed(ACTOR.KSWAPD),
  kswapd_write_file_async: wrote(ACTOR.KSWAPD, FILE, 0),
  kswapd_write_anon_async: wrote(ACTOR.KSWAPD, ANON, 0),
  kswapd_awake_s: inReclaim(timed(({ state, nowNs }) => (state.sums[SUM.awakeNs]! + state.openAwakeNs(nowNs)) / S)),
  kswapd_efficiency_pct: needs('scanned', needs('freed', efficiency)),
  memcg_reclaims: inReclaim(sum('memcgReclaims')),
  memcg_pages_scanned: inReclaim(scanned(ACTOR.MEMCG)),
  memcg_pages_reclaimed: inReclaim(freed(ACTOR.MEMCG)),
  memcg_write_file: inReclaim(wrote(ACTOR.MEMCG, FILE, 0, SYNC)),
  memcg_write_anon: inReclaim(wrote(ACTOR.MEMCG, ANON, 0, SYNC)),
  memcg_stall_s: inReclaim(timed(sum('memcgNs', 0, S))),
  memcg_soft_reclaims: inReclaim(sum('softReclaims')),
  memcg_soft_pages_scanned: inReclaim(needs('scanned', sum('softScanned'))),
  memcg_soft_pages_reclaimed: inReclaim(needs('freed', sum('softReclaimed'))),
  pages_dirtied: needs('dirtied', sum('dirtied')),
  pages_written: disk((place) => total('writtenSectors', ACTOR_COUNT)(place) / SECTORS_PER_PAGE),
  written_by_kswapd: sentPages(ACTOR.KSWAPD),
  written_by_direct: inReclaim(sentPages(ACTOR.DIRECT)),
  written_by_memcg: inReclaim(sentPages(ACTOR.MEMCG)),
  written_by_flusher: sentPages(ACTOR.FLUSHER),
  written_by_dirtier: sentPages(ACTOR.TASK),
  write_requests_by_kswapd: sentRequests(ACTOR.KSWAPD),
  write_requests_by_direct: inReclaim(sentRequests(ACTOR.DIRECT)),
  write_requests_by_memcg: inReclaim(sentRequests(ACTOR.MEMCG)),
  write_requests_by_flusher: sentRequests(ACTOR.FLUSHER),
  write_requests_by_dirtier: sentRequests(ACTOR.TASK),
  throttled_s: needs('throttled', timed(sum('throttledNs', 0, S))),
  disk_requests: disk(requests),
  disk_read_requests: disk(sum('reads')),
  disk_write_requests: disk(sum('writes')),
  disk_mean_request_kib: disk((place) => over((place.state.sums[SUM.sectors]! * SECTOR_BYTES) / 1024, requests(place))),
  disk_merges: needs('merges', sum('merges')),
  disk_mib_per_s: disk(
    timed(({ state, nowNs }) => over((state.sums[SUM.sectors]! * SECTOR_BYTES) / 1048576, nowNs / S)),
  ),
  disk_busy_s: disk(timed(({ state, nowNs }) => (state.sums[SUM.busyNs]! + state.queues.openBusyNs(nowNs)) / S)),
  disk_seeks_any: disk(sum('seeks')),
  disk_seeks_over_128: disk(sum('seeksOver128')),
  disk_seeks_over_800: disk(sum('seeksOver800')),
  disk_seeks_btt: disk(sum('seeksBtt')),
  disk_seek_mean_sectors_btt: disk((place) => over(place.state.sums[SUM.sectorsBtt]!, requests(place))),
  elapsed_s: ({ nowNs }) => nowNs / S,
  events: ({ state }) => state.rowsDone,
};

/** More freed than scanned: events of the scanning were lost, so it is not known. */
function efficiency({ state: { sums } }: Place): number {
  const pages = sums[SUM.scanned + ACTOR.KSWAPD]!;
  const pagesFreed = sums[SUM.reclaimed + ACTOR.KSWAPD]!;
  return pagesFreed > pages ? Number.NaN : over(100 * pagesFreed, pages);
}

/** Counters of the samples that are no metric of the same name. */
const COUNTERS: Readonly<Record<string, Read>> = {
  nr_dirty: sum('dirtyPages'),
  nr_writeback: sum('writebackPages'),
  pgscan_direct: inReclaim(scanned(ACTOR.DIRECT)),
  pgscan_kswapd: scanned(ACTOR.KSWAPD),
  pgsteal: needs('freed', allFreed),
  kswapd_steal: needs('freed', kswapdFreed),
  pageoutrun: inReclaim(sum('wakes')),
  nr_vmscan_write: needs('written', total('written', 4 * ACTOR_COUNT)),
  pgdeactivate: needs('deactivated', sum('deactivated')),
};

const NOT_KNOWN: Read = () => Number.NaN;
const METRIC_READS = METRICS.map(({ name }) => READS[name] ?? NOT_KNOWN);
const COUNTER_READS = SAMPLED.map(({ name }) => COUNTERS[name] ?? READS[name as MetricName] ?? NOT_KNOWN);

/** All metrics in METRICS' order; NaN where the trace cannot tell. */
export const metricsAt = (place: Place): Float64Array => Float64Array.from(METRIC_READS, (read) => read(place));

/** SAMPLED as they stand. */
export function countersAt(place: Place, into: Float64Array, at: number): void {
  for (let column = 0; column < COUNTER_READS.length; column++) into[at + column] = COUNTER_READS[column]!(place);
}
