import { ok } from '../../abi/errors.ts';
import { TRACEPOINT_KEYS } from '../../abi/tracepoints.ts';
import { readAsScript, type ScriptEvent, scriptSummary } from '../../abi/vmscan-script.ts';
import { scriptText } from '../../abi/vmscan-script-text.ts';
import { Engine } from '../engine.ts';
import type { LabJob } from './shared.ts';

/** Pieces of a run small enough that its recorder loses nothing in one. */
const PIECE_NS = 50e6;

/** What the series' script says of the whole run: the recorder on screen keeps only its newest events. */
export const script: LabJob<'script'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const engine = booted.value;
  const processes = readAsScript(eventsOf(engine, untilNs, report));
  return ok({ text: scriptText(processes), rows: scriptSummary(processes) });
};

/** The events of a run while it runs. */
function* eventsOf(engine: Engine, untilNs: number, report: (done: number) => void): Generator<ScriptEvent> {
  const { trace } = engine.kernel;
  let read = 0;
  for (let atNs = 0; atNs <= untilNs && engine.stopped === undefined; atNs += PIECE_NS) {
    engine.advance(Math.min(atNs, untilNs));
    for (; read < trace.emitted; read++) {
      const row = trace.rowOf(read);
      if (row === undefined) continue;
      const pid = trace.thread[row]!;
      yield {
        timeNs: trace.timeNs[row]!,
        task: engine.kernel.task(pid).name,
        pid,
        key: TRACEPOINT_KEYS[trace.id[row]!]!,
        args: trace.argsOf(row),
      };
    }
    report(atNs / untilNs);
  }
  engine.advance(untilNs);
}
