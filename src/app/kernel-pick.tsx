import type { MachineId } from '../abi/scenario.ts';
import { useApp } from '../views/shared/app-context.ts';
import { MachineBadge } from './machine-badge.tsx';
import { Pick } from './pick.tsx';
import { useSession } from './session-context.ts';

/** Which kernel a machine runs; the run starts again with it. A trace of a real kernel makes room for the one that is picked. */
export function KernelPick({ machine }: { readonly machine: MachineId }) {
  const session = useSession();
  const kernel = useApp((s) => s.scenario?.kernels[machine] ?? '');
  const kernels = useApp((s) => s.catalog?.kernels);
  const trace = useApp((s) => s.scenario?.traces?.[machine]?.name);
  const options = kernels?.map(({ id, title, gist }) => ({ value: id, label: title, hint: gist })) ?? [];
  return (
    <Pick
      label={`Kernel of ${machine}`}
      value={trace === undefined ? kernel : ''}
      shown={trace}
      options={options.length > 0 ? options : [{ value: kernel, label: kernel }]}
      onPick={(id) => void session.setKernel(machine, id)}
      before={<MachineBadge machine={machine} />}
      className={`kernel-pick kernel-${machine}`}
    />
  );
}
