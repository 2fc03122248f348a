import { err, ok, type Result } from '../abi/errors.ts';
import type { LabAnswer, LabAsk, LabJobId } from '../abi/lab.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { OpenTrace, TracedMachines } from './traced-machines.ts';

/** Jobs that a trace can answer by itself. */
type Answers = { readonly [Id in LabJobId]?: (trace: OpenTrace, ask: LabAsk<Id>) => Promise<Result<LabAnswer<Id>>> };
const ANSWERS: Answers = {
  biography: ({ client }, { page, untilNs }) => client.biography(page, untilNs),
  stalls: ({ client }, { untilNs }) => client.stallList(untilNs),
  script: async ({ info }) => ok(info.script),
};

/** What is asked of a side that is a trace its own thread answers, or nobody. */
export async function askTrace<Id extends LabJobId>(
  traces: TracedMachines,
  machine: MachineId,
  id: Id,
  ask: LabAsk<Id>,
): Promise<Result<LabAnswer<Id>>> {
  const open = traces.of(machine);
  const answer = ANSWERS[id];
  if (open && answer) return answer(open, ask);
  const message = 'it is a recorded kernel: what would happen otherwise only a simulated one can tell';
  return err({ kind: 'bad-input', where: ask.scenario.traces?.[machine]?.name ?? 'trace', message });
}
