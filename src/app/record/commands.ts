/** Which events of a real kernel tell what, and the commands that record them: what the page `record` and the tests are made of. */
export interface EventGroup {
  readonly title: string;
  /** What the screen shows with them. */
  readonly gives: string;
  /** `subsystem:event`, as in available_events of a kernel from 5.18 on. */
  readonly events: readonly string[];
  /** Many lines: one per page rather than one per batch or request. */
  readonly perPage: boolean;
}

export const EVENT_GROUPS: readonly EventGroup[] = [
  {
    title: 'Reclaim',
    gives: 'who reclaims and for how long, batches, dirty pages met, pages written by reclaim, the script’s table',
    events: [
      'vmscan:mm_vmscan_direct_reclaim_begin',
      'vmscan:mm_vmscan_direct_reclaim_end',
      'vmscan:mm_vmscan_memcg_reclaim_begin',
      'vmscan:mm_vmscan_memcg_reclaim_end',
      'vmscan:mm_vmscan_kswapd_wake',
      'vmscan:mm_vmscan_kswapd_sleep',
      'vmscan:mm_vmscan_wakeup_kswapd',
      'vmscan:mm_vmscan_lru_isolate',
      'vmscan:mm_vmscan_lru_shrink_inactive',
      'vmscan:mm_vmscan_lru_shrink_active',
      'vmscan:mm_vmscan_write_folio',
      'vmscan:mm_vmscan_throttled',
    ],
    perPage: false,
  },
  {
    title: 'Disk',
    gives: 'LBA over time, seeks, the queue, who sent each request',
    events: [
      'block:block_rq_insert',
      'block:block_rq_issue',
      'block:block_rq_complete',
      'block:block_rq_requeue',
      'block:block_rq_merge',
    ],
    perPage: false,
  },
  {
    title: 'Flusher and dirty limits',
    gives: 'when the flusher works and why, dirty pages against their limit, which cgroup',
    events: [
      'writeback:writeback_start',
      'writeback:writeback_written',
      'writeback:writeback_single_inode',
      'writeback:writeback_pages_written',
      'writeback:writeback_wake_background',
      'writeback:balance_dirty_pages',
      'writeback:global_dirty_state',
    ],
    perPage: false,
  },
  {
    title: 'Pages',
    gives: 'the state of every page, its LRU list, its biography, and a workload to run again',
    events: [
      'filemap:mm_filemap_add_to_page_cache',
      'filemap:mm_filemap_delete_from_page_cache',
      'pagemap:mm_lru_insertion',
      'pagemap:mm_lru_activate',
      'writeback:writeback_dirty_folio',
    ],
    perPage: true,
  },
];

/** Names that 5.10 had for the same. */
export const OLD_NAMES: Readonly<Record<string, string>> = {
  'vmscan:mm_vmscan_write_folio': 'vmscan:mm_vmscan_writepage',
  'writeback:writeback_dirty_folio': 'writeback:writeback_dirty_page',
};

/** Later than 5.10, without a name before. */
export const NEW_EVENTS: readonly string[] = ['vmscan:mm_vmscan_throttled'];

/** 16 MiB for each CPU: about 100 000 lines. */
const BUFFER_KIB = 16_384;

export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly text: string;
}

const namesOf = (withPages: boolean): readonly string[] =>
  EVENT_GROUPS.filter(({ perPage }) => withPages || !perPage).flatMap(({ events }) => events);

/** The commands for a shell of root, one recipe per tool. */
export function recipes(withPages: boolean): readonly Recipe[] {
  const names = namesOf(withPages);
  const each = (before: string) => names.map((name) => `${before}${name}`).join(' \\\n  ');
  return [
    {
      id: 'tracefs',
      title: 'tracefs, nothing to install',
      says: 'An event that this kernel does not have is passed over.',
      text: [
        'cd /sys/kernel/tracing   # before 4.1: /sys/kernel/debug/tracing',
        'echo 0 > tracing_on; echo nop > current_tracer; echo > set_event; echo > trace',
        `echo ${BUFFER_KIB} > buffer_size_kb   # KiB for each CPU`,
        'echo mono > trace_clock',
        'for event in \\',
        `  ${each('')}`,
        'do echo $event >> set_event; done 2> /dev/null',
        'cat /proc/vmstat > ~/vmstat-before.txt',
        'echo 1 > tracing_on',
        'sleep 30   # the workload runs meanwhile',
        'echo 0 > tracing_on',
        'cat /proc/vmstat > ~/vmstat-after.txt',
        'cat trace > ~/trace.txt',
        'echo > set_event',
      ].join('\n'),
    },
    {
      id: 'pipe',
      title: 'tracefs, for longer runs',
      says: 'Instead of the lines from tracing_on = 1 on: the text is written as it comes, and LOST lines say what did not fit.',
      text: ['cat trace_pipe > ~/trace.txt & echo 1 > tracing_on', 'sleep 300', 'echo 0 > tracing_on; kill %1'].join(
        '\n',
      ),
    },
    {
      id: 'trace-cmd',
      title: 'trace-cmd',
      says: 'Put the program of the workload in the place of dd; an event that this kernel does not have is to be left out.',
      text: [
        `trace-cmd record -C mono -b ${BUFFER_KIB} \\`,
        `  ${each('-e ')} \\`,
        '  dd if=/dev/zero of=/var/tmp/big bs=1M count=4096',
        'trace-cmd report > ~/trace.txt',
      ].join('\n'),
    },
    {
      id: 'perf',
      title: 'perf',
      says: 'Its text has the same events; times are of perf’s clock.',
      text: [
        `perf record -a -m ${BUFFER_KIB / 4} \\`,
        `  ${each('-e ')} \\`,
        '  dd if=/dev/zero of=/var/tmp/big bs=1M count=4096',
        'perf script > ~/trace.txt',
      ].join('\n'),
    },
    {
      id: 'blktrace',
      title: 'blktrace, the disk alone',
      says: 'LBA over time, seeks and the queue; nothing of memory. Put your disk in the place of sda.',
      text: 'blktrace -d /dev/sda -w 30 -o - | blkparse -i - > ~/blkparse.txt',
    },
  ];
}
