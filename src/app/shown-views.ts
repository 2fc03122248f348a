import { LANE_VIEWS, type LaneViewEntry } from '../views/registry.ts';
import { useApp, useReading } from '../views/shared/app-context.ts';
import { isShown } from './modes.ts';

/** The view that has the whole lane. A link may name one that this program does not have. */
export const useEnlarged = (): string | undefined =>
  useApp((s) => (LANE_VIEWS.some(({ id }) => id === s.enlarged) ? s.enlarged : undefined));

/** The views that the lanes have now: those that open by themselves and have something to show, and those opened by hand. */
export function useShownViews(): readonly LaneViewEntry[] {
  const panels = useApp((s) => s.panels);
  const enlarged = useEnlarged();
  const mode = useApp((s) => s.mode);
  const idle = useReading((twin) =>
    LANE_VIEWS.filter(({ has }) => has && !(twin && (has(twin.A) || has(twin.B))))
      .map(({ id }) => id)
      .join(' '),
  );
  return LANE_VIEWS.filter((view) => {
    if (enlarged !== undefined) return view.id === enlarged;
    const hasNothing = panels[view.id] === undefined && idle.split(' ').includes(view.id);
    return !hasNothing && isShown(view, mode, panels);
  });
}
