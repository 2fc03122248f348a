import './dock.css';
import { X } from 'lucide-react';
import { Suspense } from 'react';
import { DOCK_VIEWS } from '../views/registry.ts';
import { useApp } from '../views/shared/app-context.ts';

/** The larger views of both machines, one at a time, below the lanes; gone while none is open. */
export function Dock() {
  const open = useApp((s) => s.dock);
  const setDock = useApp((s) => s.setDock);
  const entry = DOCK_VIEWS.find(({ id }) => id === open);
  if (!entry) return null;
  return (
    <section className="dock" aria-label={entry.title}>
      <header className="dock-head">
        <h2 className="spoken">{entry.title}</h2>
        <div className="dock-tabs" role="toolbar" aria-label="Views of both machines">
          {DOCK_VIEWS.map(({ id, title }) => (
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
          <entry.View />
        </Suspense>
      </div>
    </section>
  );
}
