import { CycleView } from './cycle/view.tsx';
import { DiskView } from './disk/view.tsx';
import { LensView } from './lens/view.tsx';
import { LruView } from './lru/view.tsx';
import { MemoryView } from './memory/view.tsx';
import { NumbersView } from './numbers/view.tsx';
import { ScrubberView } from './scrubber/view.tsx';
import type { LaneView, TwinView } from './shared/lane-props.ts';
import { StacksView } from './stacks/view.tsx';
import { TasksView } from './tasks/view.tsx';

/** The views of a lane, from top to bottom; each is drawn twice, once per machine. */
export const LANE_VIEWS: readonly { readonly id: string; readonly View: LaneView }[] = [
  { id: 'cycle', View: CycleView },
  { id: 'lru', View: LruView },
  { id: 'lens', View: LensView },
  { id: 'memory', View: MemoryView },
  { id: 'stacks', View: StacksView },
  { id: 'disk', View: DiskView },
  { id: 'tasks', View: TasksView },
];

/** Views of both machines at once, by the place the frame around them has for them. */
export const TWIN_VIEWS: { readonly numbers: TwinView; readonly scrubber: TwinView } = {
  numbers: NumbersView,
  scrubber: ScrubberView,
};
