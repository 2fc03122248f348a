import type { ProcVmstat } from '../abi/trace-export.ts';
import type { Kernel } from './machine/kernel.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE, UNEVICTABLE } from './machine/lru.ts';
import { type CounterName, VM } from './machine/vmstat.ts';

type Read = (k: Kernel) => number;
const count =
  (name: CounterName): Read =>
  (k) =>
    k.vm[VM[name]]!;
const listed =
  (list: number): Read =>
  (k) =>
    k.zone.lru.lengths[list]!;

/** mm/vmstat.c:vmstat_text of 2.6.36, in its order. The model's memory is one zone, the kernel's Normal. */
const LINES: readonly (readonly [name: string, read: Read])[] = [
  ['nr_free_pages', (k) => k.buddy.freePages],
  ['nr_inactive_anon', listed(INACTIVE_ANON)],
  ['nr_active_anon', listed(ACTIVE_ANON)],
  ['nr_inactive_file', listed(INACTIVE_FILE)],
  ['nr_active_file', listed(ACTIVE_FILE)],
  ['nr_unevictable', listed(UNEVICTABLE)],
  ['nr_anon_pages', count('nr_anon_pages')],
  ['nr_file_pages', count('nr_file_pages')],
  ['nr_dirty', count('nr_file_dirty')],
  ['nr_writeback', count('nr_writeback')],
  ['nr_vmscan_write', count('nr_vmscan_write')],
  ['nr_isolated_anon', count('nr_isolated_anon')],
  ['nr_isolated_file', count('nr_isolated_file')],
  ['pswpin', count('pswpin')],
  ['pswpout', count('pswpout')],
  ['pgactivate', count('pgactivate')],
  ['pgdeactivate', count('pgdeactivate')],
  ['pgfault', count('pgfault')],
  ['pgmajfault', count('pgmajfault')],
  ['pgrefill_normal', count('pgrefill')],
  ['pgsteal_normal', count('pgsteal')],
  ['pgscan_kswapd_normal', count('pgscan_kswapd')],
  ['pgscan_direct_normal', count('pgscan_direct')],
  ['kswapd_steal', count('kswapd_steal')],
  ['kswapd_low_wmark_hit_quickly', count('kswapd_low_wmark_hit_quickly')],
  ['kswapd_high_wmark_hit_quickly', count('kswapd_high_wmark_hit_quickly')],
  ['kswapd_skip_congestion_wait', count('kswapd_skip_congestion_wait')],
  ['pageoutrun', count('pageoutrun')],
  ['allocstall', count('allocstall')],
  ['pgrotated', count('pgrotated')],
];
/** CONFIG_COMPACTION. */
const COMPACTION_LINES: typeof LINES = [
  ['compact_pages_moved', count('compact_pages_moved')],
  ['compact_stall', (k) => k.vm[VM.compact_success]! + k.vm[VM.compact_fail]!],
  ['compact_fail', count('compact_fail')],
  ['compact_success', count('compact_success')],
];

/** What /proc/vmstat says of a machine; what the model does not count (slab, page tables, …) has no line. */
export function procVmstat(k: Kernel): ProcVmstat {
  const lines = k.m.config.compaction ? [...LINES, ...COMPACTION_LINES] : LINES;
  return lines.map(([name, read]) => [name, read(k)]);
}
