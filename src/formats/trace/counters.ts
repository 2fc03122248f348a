import { looksBinary } from '../shared/text-lines.ts';

const COUNTER = /^\S+ -?\d+$/;

/** Every kernel since 2.6.18 has this counter in /proc/vmstat, and no cgroup has it. */
const IN_VMSTAT = ['nr_free_pages'];
/** cgroup v2 says anon, v1 rss; both count page faults. */
const IN_MEMORY_STAT = ['pgfault', 'anon|rss'];

/** Share of the lines that are `name value`, of a text with the counters that only /proc/vmstat has. */
export const sniffVmstat = (text: Uint8Array): number => shareOfCounters(text, IN_VMSTAT);

/** The same of memory.stat of a cgroup, v1 or v2. */
export const sniffMemoryStat = (text: Uint8Array): number =>
  sniffVmstat(text) > 0 ? 0 : shareOfCounters(text, IN_MEMORY_STAT);

function shareOfCounters(bytes: Uint8Array, needed: readonly string[]): number {
  if (looksBinary(bytes)) return 0;
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '');
  const counters = filled.filter((line) => COUNTER.test(line));
  const has = (name: string) => counters.some((line) => new RegExp(`^(${name}) `).test(line));
  return needed.every(has) ? counters.length / filled.length : 0;
}
