import { LRUCache } from 'mnemonist';
import { zipfTrace } from './bench-trace.ts';
import { Engine } from '../engine/engine.ts';
const N = 2e6;
const tr = zipfTrace(1e6, N, 7);
const keys = Int32Array.from(tr.pos, (p) => p / 4096);
const scen = { format: 'reclaimscope-scenario', version: 1, id: 'x', title: '', watch: '', note: '', kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' }, seed: 1, untilS: 1, workload: 'touch-trace', knobs: { 'workload.file_pages': 1e6, 'machine.memory_mib': 391, 'machine.reserved_percent': 0, 'machine.swap_mib': 0 }, knobsOf: { A: {}, B: {} }, inputs: [] } as const;
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e3; };
for (let r = 0; r < 4; r++) {
  let t0 = cpu();
  const c = new (LRUCache as never as new (...a: unknown[]) => { get(k: number): number | undefined; set(k: number, v: number): void })(Int32Array, Int32Array, 100000); let hit = 0;
  for (let i = 0; i < N; i++) { const k = keys[i]!; if (c.get(k) !== undefined) hit++; else c.set(k, k); }
  const tm = cpu() - t0;
  const e = Engine.boot(scen as never, 'A', tr, false); if (!e.ok) throw e;
  t0 = cpu();
  let s = 0; 
  while (e.value.kernel.m.sim.threads[2]!.state !== 2) { s += 100; e.value.advance(s * 1e9); }
  const te = cpu() - t0;
  console.log('mn', (N / tm / 1e3).toFixed(2), 'eng', (N / te / 1e3).toFixed(2), 'ratio', (tm / te).toFixed(3), 'hash', e.value.hash(), 'ev', e.value.eventsDone);
}
