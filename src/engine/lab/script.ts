import { ok } from '../../abi/errors.ts';
import { TICK_NS } from '../../abi/units.ts';
import { readAsScript, scriptSummary } from '../../abi/vmscan-script.ts';
import { scriptText } from '../../abi/vmscan-script-text.ts';
import { eventsOf } from '../drain.ts';
import { Engine } from '../engine.ts';
import type { LabJob } from './shared.ts';

/** Between two reports of how far it is. */
const REPORT_EVERY_NS = 10 * TICK_NS;

/** What the series' script says of the whole run: the recorder on screen keeps only its newest events. */
export const script: LabJob<'script'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const onTime = (nowNs: number) => report(untilNs === 0 ? 1 : nowNs / untilNs);
  const processes = readAsScript(eventsOf(booted.value, untilNs, REPORT_EVERY_NS, onTime));
  return ok({ text: scriptText(processes), rows: scriptSummary(processes) });
};
