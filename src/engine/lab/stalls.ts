import { ok } from '../../abi/errors.ts';
import { Engine } from '../engine.ts';
import { StallLog } from '../probe/stall-log.ts';
import { type LabJob, runTo } from './shared.ts';

export const stalls: LabJob<'stalls'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const log = new StallLog();
  const booted = Engine.boot(scenario, machine, recording, false, log.instruments);
  if (!booted.ok) return booted;
  booted.value.checker = log.afterEvent;
  runTo(booted.value, untilNs, report);
  return ok(log.list());
};
