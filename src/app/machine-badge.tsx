import type { MachineId } from '../abi/scenario.ts';

/** A is solid, B is dashed; never a matter of hue. */
export function MachineBadge({ machine }: { readonly machine: MachineId }) {
  return <span className={`badge badge-${machine}`}>{machine}</span>;
}
