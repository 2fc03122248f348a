import { ok } from '../../abi/errors.ts';
import { exportRunOf, writeRun } from '../drain.ts';
import { Engine } from '../engine.ts';
import type { LabJob } from './shared.ts';

/** A machine's run as text, handed over while it runs. */
export const exportRun: LabJob<'export'> = ({ scenario, machine, untilNs, format }, bench) => {
  const { recording, report, createWriter, onChunk } = bench;
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const engine = booted.value;
  const run = exportRunOf(engine, scenario, machine);
  return ok(writeRun(engine, run, untilNs, createWriter(format), onChunk, report));
};
