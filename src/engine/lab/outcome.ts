import { ok } from '../../abi/errors.ts';
import { Engine } from '../engine.ts';
import { metricsOf } from '../metrics.ts';
import { type LabJob, runTo } from './shared.ts';

export const outcome: LabJob<'outcome'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const engine = booted.value;
  runTo(engine, untilNs, report);
  const { kernel, stopped } = engine;
  const found = { metrics: metricsOf(kernel), pageBytes: kernel.pageBytes, hash: engine.hash() };
  return ok(stopped === undefined ? found : { ...found, stopped });
};
