import type { Lab } from '../abi/lab.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { TracedMachines } from './traced-machines.ts';

/** The lab of a page on which a side may be a trace: the pool simulates, and a trace speaks for itself. */
export const pageLab = (pool: Lab, traces: TracedMachines): Lab => ({
  workers: pool.workers,
  run: async (id, ask, options) => {
    const asked: { readonly scenario: Scenario; readonly machine?: MachineId } = ask;
    const named = asked.scenario.traces;
    const machine = asked.machine ?? (named?.A ? 'A' : 'B');
    if (!named?.[machine]) return pool.run(id, ask, options);
    const { askTrace } = await import('./traced-lab.ts');
    return askTrace(traces, machine, id, ask);
  },
});
