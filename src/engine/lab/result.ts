import { ok } from '../../abi/errors.ts';
import { Engine } from '../engine.ts';
import { runResultOf } from '../run-result.ts';
import { type LabJob, runTo } from './shared.ts';

export const result: LabJob<'result'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  runTo(booted.value, untilNs, report);
  return ok(runResultOf(booted.value, scenario, machine));
};
