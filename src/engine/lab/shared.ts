import type { Result } from '../../abi/errors.ts';
import type { LabAnswer, LabAsk, LabJobId } from '../../abi/lab.ts';
import type { Recording } from '../../abi/recording.ts';
import type { CreateTraceWriter } from '../../abi/trace-export.ts';
import type { Ns } from '../../abi/units.ts';
import type { Engine } from '../engine.ts';

/** What every job is handed besides its question. */
export interface LabBench {
  readonly recording: Recording | undefined;
  /** Share of the work that is done, 0…1; called a few times a second at most. */
  readonly report: (done: number) => void;
  /** Takes text of a job that writes some, piece by piece. */
  readonly onChunk: (text: string) => void;
  /** Formats are no part of the engine: whoever opens the bench brings them. */
  readonly createWriter: CreateTraceWriter;
}

export type LabJob<Id extends LabJobId> = (ask: LabAsk<Id>, bench: LabBench) => Result<LabAnswer<Id>>;

/** Pieces that a run is cut into, so that its progress can be told. */
const PIECES = 50;

/** Runs to `untilNs`, or until the simulated kernel comes to an end by itself. */
export function runTo(engine: Engine, untilNs: Ns, report: LabBench['report']): void {
  const fromNs = engine.nowNs;
  for (let piece = 1; piece <= PIECES && engine.stopped === undefined; piece++) {
    engine.advance(Math.round(fromNs + ((untilNs - fromNs) * piece) / PIECES));
    report(piece / PIECES);
  }
}
