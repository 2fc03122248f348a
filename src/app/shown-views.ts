import type { MachineFrame } from '../abi/frame.ts';
import type { LayoutSlice } from '../store/layout.ts';
import { DOCK_VIEWS, type DockViewEntry, LANE_VIEWS, type LaneViewEntry } from '../views/registry.ts';
import { useApp, useReading } from '../views/shared/app-context.ts';
import { isShown } from './modes.ts';

/** The view that has the whole lane. A link may name one that this program does not have. */
export const useEnlarged = (): string | undefined =>
  useApp((s) => (LANE_VIEWS.some(({ id }) => id === s.enlarged) ? s.enlarged : undefined));

/** Views that have nothing to show in either machine: these do not open by themselves. */
export const idleViews = (frames: readonly MachineFrame[]): readonly string[] =>
  LANE_VIEWS.filter(({ has }) => has && !frames.some(has)).map(({ id }) => id);

/** Those that open by themselves and have something to show, and those opened by hand; in the registry's order. */
export function openViews(
  { mode, panels }: Pick<LayoutSlice, 'mode' | 'panels'>,
  idle: readonly string[],
): readonly LaneViewEntry[] {
  const byHand = mode === 'embed' ? {} : panels;
  return LANE_VIEWS.filter((view) => {
    const hasNothing = byHand[view.id] === undefined && idle.includes(view.id);
    return !hasNothing && isShown(view, mode, panels);
  });
}

/** The views that are open in the lanes, also while one of them has a whole lane. */
export function useOpenViews(): readonly LaneViewEntry[] {
  const panels = useApp((s) => s.panels);
  const mode = useApp((s) => s.mode);
  const idle = useReading((twin) => idleViews(twin ? [twin.A, twin.B] : []).join(' '));
  return openViews({ mode, panels }, idle.split(' '));
}

/** The larger views that there are for these machines. */
export function useDockViews(): readonly DockViewEntry[] {
  const isTraced = useApp((s) => s.traced.A !== undefined || s.traced.B !== undefined);
  return DOCK_VIEWS.filter(({ ofTraces }) => isTraced || !ofTraces);
}

/** The views that the lanes have now. */
export function useShownViews(): readonly LaneViewEntry[] {
  const enlarged = useEnlarged();
  const open = useOpenViews();
  return enlarged === undefined ? open : LANE_VIEWS.filter(({ id }) => id === enlarged);
}
