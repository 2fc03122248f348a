import './dock.css';
import { X } from 'lucide-react';
import { Suspense } from 'react';
import type { DockViewEntry } from '../views/registry.ts';
import { useApp } from '../views/shared/app-context.ts';
import { MachineToggle } from '../views/shared/machine-toggle.tsx';
import { INSTEAD } from '../views/shared/simulated-words.ts';
import { useDockViews } from './shown-views.ts';

/** The larger views of both machines, one at a time, below the lanes; gone while none is open. */
export default function Dock() {
  const open = useApp((s) => s.dock);
  const setDock = useApp((s) => s.setDock);
  const views = useDockViews();
  const entry = views.find(({ id }) => id === open);
  if (!entry) return null;
  return (
    <section className="dock" aria-label={entry.title}>
      <header className="dock-head">
        <h2 className="spoken">{entry.title}</h2>
        <div className="dock-tabs" role="toolbar" aria-label="Views of both machines">
          {views.map(({ id, title }) => (
            <button key={id} type="button" className="quiet" aria-pressed={id === open} onClick={() => setDock(id)}>
              {title}
            </button>
          ))}
        </div>
        <button type="button" className="icon" aria-label={`Close ${entry.title}`} onClick={() => setDock(undefined)}>
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div className="dock-body">
        <Suspense fallback={<p className="note">Loading…</p>}>
          <Contents entry={entry} />
        </Suspense>
      </div>
    </section>
  );
}

/** What asks a simulation has no answer of a trace, and says so. */
function Contents({ entry: { id, simulated, View } }: { readonly entry: DockViewEntry }) {
  const isAnswered = useApp(({ scenario, machine }) => {
    const { A, B } = scenario?.traces ?? {};
    if (!simulated) return true;
    return simulated === 'both' ? !A && !B : scenario?.traces?.[machine] === undefined;
  });
  if (isAnswered) return <View />;
  return (
    <>
      {simulated === 'selected' && <MachineToggle />}
      <p className="note">{INSTEAD[id]}</p>
    </>
  );
}
