import type { KnobValues } from '../abi/knob.ts';

/** A trace of a real kernel that ships with the page: what to see in it, and what it plays beside. */
export interface ShippedTrace {
  readonly id: string;
  readonly title: string;
  /** One sentence: what to watch. */
  readonly watch: string;
  /** Path under public/. */
  readonly file: string;
  /** The scene of the simulated machine beside it, and the kernel there: the one that was recorded. */
  readonly beside: string;
  readonly kernel: string;
  /** Limits as the recorded machine had them, and memory as it had left, where the scene has others. */
  readonly knobs?: KnobValues;
}

export const TRACES: readonly ShippedTrace[] = [
  {
    id: 'stream-write',
    title: 'Linux 6.1: dd into a full cache',
    watch: 'kswapd and 89 direct reclaims take clean pages only: the flusher, in file order, is always ahead of them.',
    file: 'traces/stream-write.txt.gz',
    beside: 'dd-stream',
    kernel: 'v6.1',
  },
  {
    id: 'random-write-pwrite',
    title: 'Linux 6.1: random writes, reclaim writes',
    watch:
      'The cache is full of dirty pages: 140 946 pages scanned free 555, and kswapd writes single pages all over the file.',
    file: 'traces/random-write-pwrite.txt.gz',
    beside: 'seeky-vs-range',
    kernel: 'v6.1',
    // Small enough to be full of dirty pages within the second and a half of the trace.
    knobs: { 'machine.memory_mib': 8 },
  },
  {
    id: 'memcg-v2',
    title: 'Linux 6.1: dd in a 32 MiB cgroup',
    watch:
      'dd reclaims from its own group at its limit, 1462 times; the flusher writes for it and no page is written by reclaim.',
    file: 'traces/memcg-v2.txt.gz',
    beside: 'memcg-dd',
    kernel: 'v6.1',
  },
  {
    id: 'pages',
    title: 'Linux 6.1: page by page',
    watch:
      'Page events are in this one: each page has its state and a biography, and B does to files what the recorded programs did.',
    file: 'traces/pages.txt.gz',
    beside: 'recorded',
    kernel: 'v6.1',
    knobs: { 'machine.memory_mib': 12, 'vm.dirty_ratio': 80, 'vm.dirty_background_ratio': 60 },
  },
];
