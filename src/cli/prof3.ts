import { cyclicTrace, zipfTrace } from './bench-trace.ts';
import { Engine } from '../engine/engine.ts';
const P = 400000;
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e3; };
for (const [name, tr, mem, pages] of [['cold', cyclicTrace(P, P, 7), 2048, P], ['hits', cyclicTrace(P, 12 * P, 7), 2048, P], ['thrash', cyclicTrace(P, 2 * P, 7), 400, P]] as const) {
  const scen = { format: 'reclaimscope-scenario', version: 1, id: 'x', title: '', watch: '', note: '', kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' }, seed: 1, untilS: 1, workload: 'touch-trace', knobs: { 'workload.file_pages': pages, 'machine.memory_mib': mem, 'machine.reserved_percent': 0, 'machine.swap_mib': 0 }, knobsOf: { A: {}, B: {} }, inputs: [] } as const;
  for (let r = 0; r < 3; r++) {
    const e = Engine.boot(scen as never, 'A', tr, false); if (!e.ok) throw e;
    const t0 = cpu();
    let s = 0; 
    while (e.value.kernel.m.sim.threads[2]!.state !== 2) { s += 100; e.value.advance(s * 1e9); }
    const te = cpu() - t0;
    console.log(name, 'ns/touch', (te * 1e6 / tr.pos.length).toFixed(0), 'ns/miss', (te * 1e6 / e.value.kernel.vm[10 + 10]!).toFixed(0), 'virtual s', s);
  }
}
void zipfTrace;
