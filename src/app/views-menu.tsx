import { Popover } from '@base-ui/react/popover';
import { Maximize2, Minimize2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { LANE_VIEWS } from '../views/registry.ts';
import { useApp } from '../views/shared/app-context.ts';
import { useDockViews, useOpenViews } from './shown-views.ts';

/** The button of the views and, when it is open, the list of all there are: open, closed, or one with the whole lane. */
export default function ViewsMenu({ children, extra }: { readonly children: ReactNode; readonly extra: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  // On a narrow screen the list stands over the window that one of its buttons opens.
  const hasWindow = useApp((s) => s.definition !== undefined);
  useEffect(() => {
    if (hasWindow) setOpen(false);
  }, [hasWindow]);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="quiet not-presenting views-button" aria-label="Views">
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="pick-layer">
          <Popover.Popup className="pick-popup views" data-testid="views">
            <Popover.Title className="views-title">In each machine</Popover.Title>
            <ul>
              {LANE_VIEWS.map((view) => (
                <LaneRow key={view.id} id={view.id} title={view.title} />
              ))}
            </ul>
            <DockRows />
            <Reset />
            <div className="only-narrow views-extra">{extra}</div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function LaneRow({ id, title }: { readonly id: string; readonly title: string }) {
  const isOpen = useOpenViews().some((view) => view.id === id);
  const setPanel = useApp((s) => s.setPanel);
  const isLarge = useApp((s) => s.enlarged === id);
  const enlarge = useApp((s) => s.enlarge);
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={isOpen}
          onChange={(event) => setPanel(id, event.target.checked ? 'open' : 'closed')}
        />
        {title}
      </label>
      <button
        type="button"
        className="icon"
        aria-pressed={isLarge}
        aria-label={`${title}: the whole lane`}
        title={isLarge ? 'Show all open views again' : 'Give it the whole lane'}
        onClick={() => enlarge(isLarge ? undefined : id)}
      >
        {isLarge ? <Minimize2 size={15} aria-hidden="true" /> : <Maximize2 size={15} aria-hidden="true" />}
      </button>
    </li>
  );
}

/** One at a time, below the lanes; on a narrow screen in their place. */
function DockRows() {
  const dock = useApp((s) => s.dock);
  const setDock = useApp((s) => s.setDock);
  const setSheet = useApp((s) => s.setSheet);
  const choices = [{ id: undefined, title: 'None' }, ...useDockViews()];
  return (
    <fieldset>
      <legend className="views-title">Of both, below</legend>
      {choices.map(({ id, title }) => (
        <label key={title}>
          <input
            type="radio"
            name="dock"
            checked={dock === id}
            onChange={() => {
              setDock(id);
              setSheet(id === undefined ? 'lanes' : 'dock');
            }}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

function Reset() {
  const resetViews = useApp((s) => s.resetViews);
  const isPlain = useApp((s) => Object.keys(s.panels).length === 0 && s.enlarged === undefined && s.dock === undefined);
  return (
    <button type="button" className="boxed views-reset" disabled={isPlain} onClick={resetViews}>
      As they were at first
    </button>
  );
}
