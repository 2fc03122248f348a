import { err, ok, type Result } from '../abi/errors.ts';
import type { Lab, LabAnswer, LabAsk, LabJobId } from '../abi/lab.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import type { OpenTrace, TracedMachines } from './traced-machines.ts';

/** Jobs that a trace can answer by itself. */
type Answers = { readonly [Id in LabJobId]?: (trace: OpenTrace, ask: LabAsk<Id>) => Promise<Result<LabAnswer<Id>>> };
const ANSWERS: Answers = {
  biography: ({ client }, { page, untilNs }) => client.biography(page, untilNs),
  stalls: ({ client }, { untilNs }) => client.stallList(untilNs),
  script: async ({ info }) => ok(info.script),
};

/** The lab of a page on which a side may be a trace: what is asked of that side its own thread answers, or nobody. */
export class TracedLab implements Lab {
  private readonly lab: Lab;
  private readonly traces: TracedMachines;

  constructor(lab: Lab, traces: TracedMachines) {
    this.lab = lab;
    this.traces = traces;
  }

  get workers(): number {
    return this.lab.workers;
  }

  run: Lab['run'] = async (id, ask, options) => {
    const asked: { readonly scenario: Scenario; readonly machine?: MachineId } = ask;
    const { traces } = asked.scenario;
    const machine = asked.machine ?? (traces?.A ? 'A' : 'B');
    const ref = traces?.[machine];
    if (ref === undefined) return this.lab.run(id, ask, options);
    const open = this.traces.of(machine);
    const answer = ANSWERS[id];
    if (open && answer) return answer(open, ask);
    const message = 'it is a recorded kernel: what would happen otherwise only a simulated one can tell';
    return err({ kind: 'bad-input', where: ref.name, message });
  };
}
