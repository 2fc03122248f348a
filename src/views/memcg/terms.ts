import { LIST_NAMES, type MachineFrame, type MemcgFrame } from '../../abi/frame.ts';
import { group, mib, seconds } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { GROUP_LISTS, INACTIVE_FILE } from './layout.ts';

/** One line per group. */
const perGroup =
  (read: (memcg: MemcgFrame, pageBytes: number) => string): Term['of'] =>
  ({ memcgs, memory }: MachineFrame) =>
    memcgs.map((memcg) => `${memcg.name}: ${read(memcg, memory.pageBytes)}`);

const size = (pages: number, pageBytes: number): string => {
  if (Number.isNaN(pages)) return 'not in this trace';
  return Number.isFinite(pages) ? `${mib(pages, pageBytes)} MiB` : 'none';
};

const LIST_TERMS: readonly Term[] = LIST_NAMES.slice(0, GROUP_LISTS).map((list, row) => ({
  name: `memcg:${list}`,
  label: `The group's ${list.replace('_', ' ')} list`,
  definition:
    'Pages on this list of the group. Reclaim at the limit looks at the group’s lists, kswapd and direct reclaim at the zone’s. Dirty ones and those under writeback are counted by walking the list; an anonymous page is dirty too where only its page table says so.',
  source: 'mm/memcontrol.c:mem_cgroup_add_lru_list, mem_cgroup_isolate_pages',
  rule: 'R6.1, R6.2',
  of: perGroup(({ lists }) => {
    const own = lists?.[row];
    return own
      ? `${group(own.pages)} pages, ${group(own.dirtyPages)} dirty, ${group(own.writebackPages)} being written`
      : 'not looked at';
  }),
}));

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'memcg:usage',
    label: 'Usage of a group',
    definition:
      'memory.usage_in_bytes: pages charged to the group and to those whose usage it contains, and what waits in the per-cpu stocks, 32 pages at a time.',
    source: 'mm/memcontrol.c:__mem_cgroup_try_charge, kernel/res_counter.c',
    rule: 'R6.4, I12',
    of: perGroup(({ usagePages }, pageBytes) => size(usagePages, pageBytes)),
  },
  {
    name: 'memcg:limit',
    label: 'Limit of a group',
    definition:
      'memory.limit_in_bytes. A charge above it makes the task reclaim from this group, six times in one charge at most; then the group’s OOM killer comes.',
    source: 'mm/memcontrol.c:mem_cgroup_hierarchical_reclaim',
    rule: 'R6.4, R6.5',
    of: perGroup(({ limitPages }, pageBytes) => size(limitPages, pageBytes)),
  },
  {
    name: 'memcg:failcnt',
    label: 'Failures of a group',
    definition: 'memory.failcnt: charges that did not fit below the limit at the first attempt.',
    source: 'kernel/res_counter.c:res_counter_charge_locked',
    rule: 'R6.4',
    of: perGroup(({ failcnt }) => group(failcnt)),
  },
  {
    name: 'memcg:stalled',
    label: 'Time stalled at a limit',
    definition: 'Time that the group’s tasks have spent reclaiming at a limit, summed over them.',
    source: 'mm/vmscan.c:try_to_free_mem_cgroup_pages',
    rule: 'R6.5',
    of: perGroup(({ stalledNs }) => `${seconds(stalledNs)} s`),
  },
  {
    name: 'memcg:zone',
    label: 'On two lists at once',
    definition:
      'Pages of the zone’s inactive file list that stand on a group’s own inactive file list too. Both lists get a page at their heads and lose it together, but a page that a finished write puts to the tail of one stays where it is in the other up to 2.6.38. Kernels from 3.3 on keep the groups’ lists alone; the model keeps both in all of its kernels.',
    source: 'mm/memcontrol.c:mem_cgroup_add_lru_list; cgroups/memory.txt, “provides a double LRU”',
    rule: 'R6.1, R3.39, I12',
    of: perGroup(({ lists }) => `${group(lists?.[INACTIVE_FILE]?.pages ?? 0)} pages`),
  },
  {
    name: 'memcg:unseen',
    label: 'What the kernel could not see',
    definition:
      'Hatched: dirty pages of a group and those under writeback, in a kernel whose memory.stat does not have them. It had cache, rss, mapped_file, paging, swap and the sizes of the lists. Kernels from 4.2 on tell, and so do the patches with dirty limits per group.',
    source: 'mm/memcontrol.c:mem_cgroup_get_local_stat',
    rule: 'R6.9',
    of: perGroup(
      ({ dirtyPages, writebackPages }) => `${group(dirtyPages)} dirty, ${group(writebackPages)} being written`,
    ),
  },
  ...LIST_TERMS,
];
