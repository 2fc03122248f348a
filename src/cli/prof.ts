import { zipfTrace } from './bench-trace.ts';
import { Engine } from '../engine/engine.ts';
const N = 3e6;
const tr = zipfTrace(1e6, N, 7);
const scen = { format: 'reclaimscope-scenario', version: 1, id: 'x', title: '', watch: '', note: '', kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' }, seed: 1, untilS: 1, workload: 'touch-trace', knobs: { 'workload.file_pages': 1e6, 'machine.memory_mib': 391, 'machine.reserved_percent': 0, 'machine.swap_mib': 0 }, knobsOf: { A: {}, B: {} }, inputs: [] } as const;
for (let r = 0; r < 3; r++) {
  const e = Engine.boot(scen as never, 'A', tr, false); if (!e.ok) throw e;
  const t0 = performance.now();
  let s = 0; 
  while (e.value.kernel.m.sim.threads[2]!.state !== 2) { s += 100; e.value.advance(s * 1e9); }
  console.log(N / (performance.now() - t0) / 1e3, 'M/s');
}
