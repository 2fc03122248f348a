import { expect, test } from 'vitest';
import { METRICS } from '../../abi/metrics.ts';
import type { Scenario } from '../../abi/scenario.ts';
import type { Twin } from '../../store/feed.ts';
import { StallHistory } from '../../store/stall-history.ts';
import { type Reply, replyText } from './reply-text.ts';

const SCENE: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'seeky-vs-range',
  title: 'Seeky pages against ranges',
  watch: '',
  note: '',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 7,
  untilS: 60,
  workload: 'dense-windows',
  knobs: { 'vm.dirty_ratio': 100 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
};

function frameWith(values: Readonly<Record<string, number>>): Twin['A'] {
  const metrics = Float64Array.from(METRICS, ({ name }) => values[name] ?? Number.NaN);
  return { metrics, memory: { pageBytes: 4096 } } as unknown as Twin['A'];
}
const COMMON = { elapsed_s: 20, allocstall: 0, direct_pages_scanned: 0, direct_pages_reclaimed: 0 };

function stalls(...ms: readonly (readonly [endMs: number, lastedMs: number])[]): StallHistory {
  const history = new StallHistory();
  history.append({
    startNs: Float64Array.from(ms, ([end, lasted]) => (end - lasted) * 1e6),
    endNs: Float64Array.from(ms, ([end]) => end * 1e6),
    thread: new Int16Array(ms.length),
    kind: new Uint8Array(ms.length),
  });
  return history;
}

const REPLY: Reply = {
  scene: SCENE,
  scenario: {
    ...SCENE,
    knobs: { 'vm.dirty_ratio': 40, 'workload.stores_per_s': 400 },
    knobsOf: { A: {}, B: { 'policy.pageout_unit': 'span' } },
    inputs: [
      { atNs: 3e9, machine: 'both', path: 'vm.swappiness', value: 30 },
      { atNs: 30e9, machine: 'A', path: 'vm.swappiness', value: 90 },
    ],
  },
  kernels: [{ id: 'rfc-v1', title: 'RFC V1, patches 1–6' }],
  twin: {
    atNs: 20e9,
    stopped: {},
    past: undefined as never,
    A: frameWith({
      ...COMMON,
      disk_seeks_any: 900,
      disk_seeks_over_128: 860,
      disk_seeks_over_800: 840,
      disk_seeks_btt: 870,
      pages_written: 2560,
      disk_busy_s: 9.86,
      direct_reclaims: 358,
      direct_stall_s: 0.8612,
      kswapd_pages_scanned: 38_000,
      kswapd_pages_reclaimed: 28_500,
      kswapd_efficiency_pct: 75,
      written_by_kswapd: 3557,
    }),
    B: frameWith({
      ...COMMON,
      disk_seeks_any: 90,
      disk_seeks_over_128: 80,
      disk_seeks_over_800: 80,
      disk_seeks_btt: 88,
      pages_written: 2560,
      disk_busy_s: 5.88,
      direct_reclaims: 0,
      direct_stall_s: 0,
      kswapd_pages_scanned: 30_000,
      kswapd_pages_reclaimed: 29_000,
      kswapd_efficiency_pct: 96.667,
      written_by_kswapd: 9230,
    }),
  },
  stalls: {
    A: stalls(...Array.from({ length: 40 }, (_, at) => [5000 + at, 500] as const), [5100, 2], [19_999, 3]),
    B: stalls(),
  },
  seeks: 'over_128',
  link: `https://example.org/#v1.${'x'.repeat(90)}`,
};

test('a reply ready for a mail, to the letter', () => {
  expect(replyText(REPLY)).toMatchInlineSnapshot(`
    "Reclaimscope, model 2: Seeky pages against ranges
    scene seeky-vs-range, seed 7, after 20.000 s of virtual time
    A: v2.6.35-rc2
    B: rfc-v1 (RFC V1, patches 1-6)
    changed knobs: vm.dirty_ratio=40, workload.stores_per_s=400,
      b.policy.pageout_unit=span
    turned while running: vm.swappiness=30 at 3.000 s

                                              A            B      B to A
                                    v2.6.35-rc2       rfc-v1
    Seeks per MiB                            86            8     -90.70%
    Disk busy, %                          49.30        29.40  -19.90 pts
    Direct reclaims                         358            0    -100.00%
    Stalled in direct, s                  0.861            0    -100.00%
    kswapd efficiency, %                     75        96.67  +21.67 pts
    Written by kswapd                      3557         9230    +159.49%
    (seeks per MiB counted as: > 128 sectors)

    Seeks, any                              900           90     -90.00%
    Seeks, > 128 sectors                    860           80     -90.70%
    Seeks, > 800 sectors                    840           80     -90.48%
    Seeks, btt                              870           88     -89.89%

    vmstat, as mmtests names it
    Allocation stalls                         0            0       0.00%
    Direct pages scanned                      0            0       0.00%
    Kswapd pages scanned                  38000        30000     -21.05%
    Kswapd pages reclaimed                28500        29000      +1.75%
    Direct pages reclaimed                    0            0       0.00%
    Kswapd efficiency %                      75        96.67  +21.67 pts
    Kswapd velocity                        1900         1500     -21.05%
    Direct efficiency %                     100          100   +0.00 pts
    Direct velocity                           0            0       0.00%
    Percentage direct scans                   0            0   +0.00 pts
    Page writes by reclaim                    0            0       0.00%
    Page writes file                          0            0       0.00%
    Page writes anon                          0            0       0.00%

    Stalls, by when they ended and how long they had lasted; a column is
      0.333 s.
    0 none, 1 from 1, 5 from 7, 9 from 40 stalls.
    A
       10 s |000000000000000000000000000000000000000000000000000000000000
      3.2 s |000000000000000000000000000000000000000000000000000000000000
        1 s |000000000000000000000000000000000000000000000000000000000000
     320 ms |000000000000000900000000000000000000000000000000000000000000
     100 ms |000000000000000000000000000000000000000000000000000000000000
      32 ms |000000000000000000000000000000000000000000000000000000000000
      10 ms |000000000000000000000000000000000000000000000000000000000000
     3.2 ms |000000000000000000000000000000000000000000000000000000000000
       1 ms |000000000000000100000000000000000000000000000000000000000001
    0.32 ms |000000000000000000000000000000000000000000000000000000000000
     0.1 ms |000000000000000000000000000000000000000000000000000000000000
          0 |000000000000000000000000000000000000000000000000000000000000
    B
       10 s |000000000000000000000000000000000000000000000000000000000000
      3.2 s |000000000000000000000000000000000000000000000000000000000000
        1 s |000000000000000000000000000000000000000000000000000000000000
     320 ms |000000000000000000000000000000000000000000000000000000000000
     100 ms |000000000000000000000000000000000000000000000000000000000000
      32 ms |000000000000000000000000000000000000000000000000000000000000
      10 ms |000000000000000000000000000000000000000000000000000000000000
     3.2 ms |000000000000000000000000000000000000000000000000000000000000
       1 ms |000000000000000000000000000000000000000000000000000000000000
    0.32 ms |000000000000000000000000000000000000000000000000000000000000
     0.1 ms |000000000000000000000000000000000000000000000000000000000000
          0 |000000000000000000000000000000000000000000000000000000000000

    This very place, to open and go on from (one line, longer than the
      others):
    https://example.org/#v1.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    "
  `);
});

test('nothing but the link is wider than 72 columns, and all of it is ASCII', () => {
  const lines = replyText(REPLY).split('\n');
  expect(lines.filter((line) => line.length > 72)).toEqual([REPLY.link]);
  expect(replyText(REPLY)).toMatch(/^[\n -~]*$/);
  expect(replyText({ ...REPLY, link: undefined })).not.toContain('http');
});

test('a machine that is a trace goes by its name, with no kernel', () => {
  const A = { name: 'stream-write', bytes: 1, hash: '0' };
  const text = replyText({ ...REPLY, scenario: { ...REPLY.scenario, traces: { A } } });
  expect(text).toContain('A: stream-write, recorded\nB: rfc-v1 (RFC V1');
  expect(text).toMatch(/^ +stream-write +rfc-v1$/m);
  expect(text).not.toContain('v2.6.35-rc2');
});
