import { Minimize2 } from 'lucide-react';
import { Suspense } from 'react';
import type { MachineId } from '../abi/scenario.ts';
import { useApp, useReading } from '../views/shared/app-context.ts';
import { gridOf } from './lane-grid.ts';
import { MachineBadge } from './machine-badge.tsx';
import { useEnlarged, useShownViews } from './shown-views.ts';

/** One of the twins, top to bottom. */
export function Lane({ machine }: { readonly machine: MachineId }) {
  const kernelId = useApp((s) => s.scenario?.kernels[machine]);
  const kernel = useApp((s) => s.catalog?.kernels.find((one) => one.id === kernelId));
  const otherGist = useApp((s) => {
    const other = s.scenario?.kernels[machine === 'A' ? 'B' : 'A'];
    return s.catalog?.kernels.find((one) => one.id === other)?.gist;
  });
  const open = useApp((s) => s.openDefinition);
  const stopped = useReading((twin) => twin?.stopped[machine], 500);
  const selected = useApp((s) => s.machine === machine);
  const enlarged = useEnlarged();
  const enlarge = useApp((s) => s.enlarge);
  const shown = useShownViews();
  return (
    <section
      className="lane"
      data-machine={machine}
      data-selected={selected}
      data-enlarged={enlarged}
      style={gridOf(shown.map(({ id }) => id))}
      aria-label={`Machine ${machine}`}
    >
      <header className="lane-head">
        <MachineBadge machine={machine} />
        <h2>
          <button type="button" className="kernel-name" onClick={() => open(`kernel:${kernelId}`)} disabled={!kernel}>
            {kernel?.title ?? kernelId ?? '\u00a0'}
          </button>
        </h2>
        <p>{kernel?.gist ?? ' '}</p>
        {/* Unseen: a gist of two lines makes room in both lanes, so that their views stay level. */}
        <p className="lane-level" aria-hidden="true">
          {otherGist}
        </p>
        {enlarged && (
          <button
            type="button"
            className="icon lane-all"
            aria-label="Show all open views"
            onClick={() => enlarge(undefined)}
          >
            <Minimize2 size={15} aria-hidden="true" />
          </button>
        )}
      </header>
      {stopped && <p className="lane-stopped">{stopped}</p>}
      <Suspense>
        {shown.map(({ id, View }) => (
          <View key={id} machine={machine} />
        ))}
      </Suspense>
    </section>
  );
}
