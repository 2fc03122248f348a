import type { MachineFrame } from '../../abi/frame.ts';
import type { TracedPart } from '../../abi/traced.ts';

/** What a number of a frame is that no metric counts: it has one value per group or per flusher. */
export interface Term {
  readonly name: string;
  readonly label: string;
  readonly definition: string;
  /** Kernel file:function, or the patch. */
  readonly source: string;
  /** Of model.md. */
  readonly rule: string;
  /** Where it is of one part of a trace only, not of all that its view needs. */
  readonly needs?: TracedPart;
  /** What it reads in a machine now, a line for each thing that has it. */
  readonly of: (frame: MachineFrame) => readonly string[];
}
