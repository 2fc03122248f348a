import { Minimize2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { MachineId } from '../abi/scenario.ts';
import type { LaneViewEntry } from '../views/registry.ts';
import { missingText } from '../views/shared/absent-words.ts';
import { useApp, useParts, useReading } from '../views/shared/app-context.ts';
import { gridOf } from './lane-grid.ts';
import { MachineBadge } from './machine-badge.tsx';
import { useEnlarged, useShownViews } from './shown-views.ts';

const AbsentView = lazy(() => import('../views/shared/absent-view.tsx'));

/** One of the twins, top to bottom. */
export function Lane({ machine }: { readonly machine: MachineId }) {
  const stopped = useReading((twin) => (twin?.[machine].traced ? undefined : twin?.stopped[machine]), 500);
  const selected = useApp((s) => s.machine === machine);
  const enlarged = useEnlarged();
  const shown = useShownViews();
  const alone = useMissing(machine, shown);
  return (
    <section
      className="lane"
      data-machine={machine}
      data-selected={selected}
      data-enlarged={enlarged}
      style={gridOf(
        shown.map(({ id }) => id),
        alone,
      )}
      aria-label={`Machine ${machine}`}
    >
      <LaneHead machine={machine} isEnlarged={enlarged !== undefined} />
      {stopped && <p className="lane-stopped">{stopped}</p>}
      <Suspense>
        {shown.map((entry) => (
          <Place key={entry.id} entry={entry} machine={machine} />
        ))}
      </Suspense>
    </section>
  );
}

/** The views of which a trace tells nothing: they hold a sentence, which wants the width of the lane. */
function useMissing(machine: MachineId, shown: readonly LaneViewEntry[]): readonly string[] {
  const ids = useReading((twin) =>
    shown
      .filter(({ needs = [] }) => twin && missingText(twin[machine], needs) !== '')
      .map(({ id }) => id)
      .join(' '),
  );
  return ids.split(' ');
}

function Place({ entry, machine }: { readonly entry: LaneViewEntry; readonly machine: MachineId }) {
  const { id, title, needs = [], View } = entry;
  const missing = useReading((twin) => (twin ? missingText(twin[machine], needs) : ''));
  return missing ? (
    <AbsentView id={id} title={title} machine={machine} says={missing} parts={needs} />
  ) : (
    <View machine={machine} />
  );
}

function LaneHead({ machine, isEnlarged }: { readonly machine: MachineId; readonly isEnlarged: boolean }) {
  const own = useGist(machine);
  const other = useGist(machine === 'A' ? 'B' : 'A');
  const enlarge = useApp((s) => s.enlarge);
  return (
    <header className="lane-head">
      <MachineBadge machine={machine} />
      <h2>
        <button type="button" className="kernel-name" onClick={own.open} disabled={!own.isKnown}>
          {own.title}
        </button>
      </h2>
      <p>{own.gist}</p>
      {/* Unseen: a gist of two lines makes room in both lanes, so that their views stay level. */}
      <p className="lane-level" aria-hidden="true">
        {other.gist}
      </p>
      {isEnlarged && (
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
  );
}

/** What stands above a lane: the kernel that is simulated, or the trace that plays; and what opens more about it. */
function useGist(machine: MachineId) {
  const { store } = useParts();
  const kernelId = useApp((s) => s.scenario?.kernels[machine]);
  const kernel = useApp((s) => s.catalog?.kernels.find((one) => one.id === kernelId));
  const trace = useApp((s) => s.scenario?.traces?.[machine]?.name);
  const info = useApp((s) => s.traced[machine]);
  const ended = useReading((twin) => twin?.stopped[machine], 500);
  if (trace !== undefined) {
    return {
      title: trace,
      gist: ['Recorded from a real kernel.', info?.remark, ended].filter(Boolean).join(' '),
      isKnown: info !== undefined,
      open: () => {
        const { selectMachine, setDock, setSheet } = store.getState();
        selectMachine(machine);
        setDock('trace');
        setSheet('dock');
      },
    };
  }
  return {
    title: kernel?.title ?? kernelId ?? '\u00a0',
    gist: kernel?.gist ?? ' ',
    isKnown: kernel !== undefined,
    open: () => store.getState().openDefinition(`kernel:${kernelId}`),
  };
}
