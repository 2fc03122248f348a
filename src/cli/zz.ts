import { zipfTrace } from '/work/main/src/cli/bench-trace.ts';
import { Engine } from '/work/main/src/engine/engine.ts';
import { LRUCache } from 'mnemonist';
const N = 3e6;
const tr = zipfTrace(1e6, N, 7);
const keys = Int32Array.from(tr.pos, (p) => p / 4096);
const scen = { format: 'reclaimscope-scenario', version: 1, id: 'x', title: '', watch: '', note: '', kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' }, seed: 1, untilS: 1, workload: 'touch-trace', knobs: { 'workload.file_pages': 1e6, 'machine.memory_mib': 391, 'machine.reserved_percent': 0, 'machine.swap_mib': 0 }, knobsOf: { A: {}, B: {} }, inputs: [] } as const;
for (let r = 0; r < 3; r++) {
  let t0 = performance.now();
  const c = new (LRUCache as any)(Int32Array, Int32Array, 100000); let hit = 0;
  for (let i = 0; i < N; i++) { const k = keys[i]!; if (c.get(k) !== undefined) hit++; else c.set(k, k); }
  const tm = performance.now() - t0;
  const e = Engine.boot(scen as any, 'A', tr); if (!e.ok) throw e;
  t0 = performance.now();
  let s = 0; 
  while (e.value.kernel.m.sim.threads[2]!.state !== 2) { s += 100; e.value.advance(s * 1e9); }
  const te = performance.now() - t0;
  const vm = e.value.kernel.vm;
  console.log('mnemonist M/s', N / tm / 1e3, 'miss', 1 - hit / N, 'engine M/s', N / te / 1e3, 'ratio', tm / te, 'virtual s', s, 'events', e.value.eventsDone);
  const { namedMetrics } = await import('/work/main/src/engine/metrics.ts');
  if (r === 0) { const m = namedMetrics(e.value.kernel); console.log(Object.fromEntries(['major_faults', 'pages_written', 'written_by_kswapd', 'written_by_flusher', 'written_by_dirtier', 'direct_reclaims', 'kswapd_pages_scanned', 'kswapd_pages_reclaimed','throttled_s','disk_write_requests','disk_read_requests', 'pages_dirtied','events'].map(n=>[n,(m as any)[n]]))); }
}
