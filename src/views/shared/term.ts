import type { MachineFrame } from '../../abi/frame.ts';

/** What a number of a frame is that no metric counts: it has one value per group or per flusher. */
export interface Term {
  readonly name: string;
  readonly label: string;
  readonly definition: string;
  /** Kernel file:function, or the patch. */
  readonly source: string;
  /** Of model.md. */
  readonly rule: string;
  /** What it reads in a machine now, a line for each thing that has it. */
  readonly of: (frame: MachineFrame) => readonly string[];
}
