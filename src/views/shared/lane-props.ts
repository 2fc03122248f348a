import type { MachineId } from '../../abi/scenario.ts';

/** A lane view draws one of the twins. */
export interface LaneProps {
  readonly machine: MachineId;
}
