import type { ComponentType } from 'react';
import type { MachineId } from '../../abi/scenario.ts';

/** A lane view draws one of the twins. */
export interface LaneProps {
  readonly machine: MachineId;
}

export type LaneView = ComponentType<LaneProps>;
/** A view of both at once. */
export type TwinView = ComponentType;
