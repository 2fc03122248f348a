import type { Result } from '../../abi/errors.ts';
import type { LabAnswer, LabAsk, LabJobId } from '../../abi/lab.ts';
import type { Recording } from '../../abi/recording.ts';

/** What every job is handed besides its question. */
export interface LabBench {
  readonly recording: Recording | undefined;
  /** Share of the work that is done, 0…1; called a few times a second at most. */
  readonly report: (done: number) => void;
}

export type LabJob<Id extends LabJobId> = (ask: LabAsk<Id>, bench: LabBench) => Result<LabAnswer<Id>>;
