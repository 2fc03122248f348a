import { SAMPLED } from '../abi/counters.ts';
import { DISK_STAT } from './machine/disk-stat.ts';
import type { Kernel } from './machine/kernel.ts';
import { ACTIVE_ANON, ACTIVE_FILE, INACTIVE_ANON, INACTIVE_FILE } from './machine/lru.ts';
import { COUNTER_NAMES, type CounterName, VM } from './machine/vmstat.ts';

type Read = (k: Kernel) => number;
const listed =
  (list: number): Read =>
  (k) =>
    k.zone.lru.lengths[list]!;
const ofDisks =
  (...rows: readonly number[]): Read =>
  (k) =>
    k.blocks.reduce((total, { stat }) => rows.reduce((sum, row) => sum + stat[row]!, total), 0);

/** Those that the machine keeps elsewhere or under another name. */
const OTHERS: Readonly<Record<string, Read>> = {
  nr_free_pages: (k) => k.buddy.freePages,
  nr_dirty: (k) => k.vm[VM.nr_file_dirty]!,
  nr_inactive_anon: listed(INACTIVE_ANON),
  nr_active_anon: listed(ACTIVE_ANON),
  nr_inactive_file: listed(INACTIVE_FILE),
  nr_active_file: listed(ACTIVE_FILE),
  disk_requests: ofDisks(DISK_STAT.read_requests, DISK_STAT.write_requests),
  disk_seeks_over_128: ofDisks(DISK_STAT.seeks_over_128),
};
const isCounter = (name: string): name is CounterName => (COUNTER_NAMES as readonly string[]).includes(name);

const READS: readonly Read[] = SAMPLED.map(({ name }) => {
  const row = isCounter(name) ? VM[name] : -1;
  return OTHERS[name] ?? ((k) => k.vm[row]!);
});

/** The counters of SAMPLED as they stand, from `at` on. */
export function sampleCounters(k: Kernel, into: Float64Array, at: number): void {
  for (let column = 0; column < READS.length; column++) into[at + column] = READS[column]!(k);
}
