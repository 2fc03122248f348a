import { ArrowLeftRight } from 'lucide-react';
import type { Sheet } from '../store/layout.ts';
import { DOCK_VIEWS } from '../views/registry.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { swap } from './actions.ts';
import { MachineBadge } from './machine-badge.tsx';

const TABS: readonly { readonly sheet: Sheet; readonly label: string }[] = [
  { sheet: 'lanes', label: 'Machine' },
  { sheet: 'numbers', label: 'Numbers' },
  { sheet: 'knobs', label: 'Knobs' },
  ...(DOCK_VIEWS.length > 0 ? [{ sheet: 'dock', label: 'More' } as const] : []),
];

/** Narrow screens only: one machine at a time, and what is shown of it. */
export function SheetTabs() {
  const parts = useParts();
  const sheet = useApp((s) => s.sheet);
  const setSheet = useApp((s) => s.setSheet);
  const machine = useApp((s) => s.machine);
  const dock = useApp((s) => s.dock);
  const setDock = useApp((s) => s.setDock);
  const show = (next: Sheet) => {
    if (next === 'dock' && dock === undefined) setDock(DOCK_VIEWS[0]?.id);
    setSheet(next);
  };
  const kernel = useApp((s) => s.scenario?.kernels[machine] ?? '');
  return (
    <nav className="sheet-tabs" aria-label="What is shown">
      <button
        type="button"
        className="swap"
        onClick={() => swap(parts)}
        aria-label={`Machine ${machine}, ${kernel}: swap`}
      >
        <MachineBadge machine={machine} />
        <span>{kernel}</span>
        <ArrowLeftRight size={16} aria-hidden="true" />
      </button>
      {TABS.map(({ sheet: id, label }) => (
        <button key={id} type="button" aria-pressed={sheet === id} onClick={() => show(id)}>
          {label}
        </button>
      ))}
    </nav>
  );
}
