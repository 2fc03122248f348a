import type { RunResult } from '../abi/run-result.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { Engine } from './engine.ts';
import { namedMetrics } from './metrics.ts';

/** What a run has come to where it stands. */
export function runResultOf(engine: Engine, { kernels }: Scenario, machine: MachineId): RunResult {
  const result = { machine, kernel: kernels[machine], hash: engine.hash() };
  const metrics = namedMetrics(engine.kernel);
  return engine.stopped === undefined ? { ...result, metrics } : { ...result, stopped: engine.stopped, metrics };
}
