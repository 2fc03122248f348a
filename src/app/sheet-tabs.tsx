import { ArrowLeftRight } from 'lucide-react';
import type { Sheet } from '../store/layout.ts';
import { runName } from '../store/traced.ts';
import { DOCK_VIEWS, TWIN_VIEWS } from '../views/registry.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { swap } from './actions.ts';
import { MachineBadge } from './machine-badge.tsx';
import { SheetHandle } from './sheet-handle.tsx';

const TABS: readonly { readonly sheet: Sheet; readonly label: string }[] = [
  { sheet: 'numbers', label: 'Numbers' },
  { sheet: 'page', label: 'Page' },
  { sheet: 'knobs', label: 'Knobs' },
  { sheet: 'dock', label: 'More' },
];

/** Narrow screens only: which of the two machines is shown. */
export function SwapBar() {
  const parts = useParts();
  const machine = useApp((s) => s.machine);
  const other = machine === 'A' ? 'B' : 'A';
  const name = useApp((s) => runName(s, machine));
  const otherName = useApp((s) => runName(s, other));
  return (
    <button type="button" className="swap" onClick={() => swap(parts)} aria-label={`Machine ${machine}, ${name}: swap`}>
      <MachineBadge machine={machine} />
      <b>{name}</b>
      <ArrowLeftRight size={16} aria-hidden="true" />
      <MachineBadge machine={other} />
      <span>{otherName}</span>
    </button>
  );
}

/** Narrow screens only: the top of the sheet below the machine, with what it can show. The open tab closes it. */
export function SheetTabs() {
  const sheet = useApp((s) => s.sheet);
  const setSheet = useApp((s) => s.setSheet);
  const dock = useApp((s) => s.dock);
  const setDock = useApp((s) => s.setDock);
  const show = (next: Sheet) => {
    if (next === 'dock' && dock === undefined) setDock(DOCK_VIEWS[0]?.id);
    setSheet(next === sheet ? 'lanes' : next);
  };
  return (
    <nav className="sheet-tabs" aria-label="What the sheet shows">
      <SheetHandle />
      <TWIN_VIEWS.chips />
      {TABS.map(({ sheet: id, label }) => (
        <button key={id} type="button" aria-pressed={sheet === id} onClick={() => show(id)}>
          {label}
        </button>
      ))}
    </nav>
  );
}
