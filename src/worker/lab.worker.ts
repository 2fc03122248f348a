import { expose } from 'comlink';
import { err, type Result } from '../abi/errors.ts';
import type { LabAnswer, LabAsk, LabJobId } from '../abi/lab.ts';
import type { Recording } from '../abi/recording.ts';
import { LAB_JOBS } from '../engine/lab/registry.ts';
import { createTraceWriter } from '../formats/export/registry.ts';

export interface LabFacade {
  run<Id extends LabJobId>(
    id: Id,
    ask: LabAsk<Id>,
    recording: Recording | undefined,
    report: (done: number) => void,
    onChunk: (text: string) => unknown,
  ): Promise<Result<LabAnswer<Id>>>;
}

/** What leaves the worker is a value: comlink would strip an error of all but its text. */
const facade: LabFacade = {
  async run(id, ask, recording, report, onChunk) {
    let last: unknown;
    const write = (text: string) => {
      last = onChunk(text);
    };
    try {
      const answer = LAB_JOBS[id](ask, { recording, report, onChunk: write, createWriter: createTraceWriter });
      // Chunks go another way than the answer, which must not be there before the last of them.
      await last;
      return answer;
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      return err({ kind: 'bad-input', where: `lab job ${id}`, message });
    }
  },
};
expose(facade);
