import { lazy } from 'react';
import type { MachineFrame } from '../abi/frame.ts';
import type { FramePart } from '../abi/look.ts';
import type { TracedPart } from '../abi/traced.ts';

import { DiskView } from './disk/view.tsx';

import { LensView } from './lens/view.tsx';
import { LruView } from './lru/view.tsx';
import { MemoryView } from './memory/view.tsx';
import { ChipsView } from './numbers/chips.tsx';
import { NumbersView } from './numbers/view.tsx';
import { ScrubberView } from './scrubber/view.tsx';
import type { LaneView, TwinView } from './shared/lane-props.ts';
import type { TablesOf } from './shared/table.ts';
import type { Term } from './shared/term.ts';
import { StacksView } from './stacks/view.tsx';
import { TasksView } from './tasks/view.tsx';

export interface LaneViewEntry {
  readonly id: string;
  readonly title: string;
  /** Shown until closed by hand; the others wait in the menu. */
  readonly isOpen: boolean;
  /** It opens by itself only where a machine has something to show in it. */
  readonly has?: (frame: MachineFrame) => boolean;
  /** What frames have to carry for it. */
  readonly part?: FramePart;
  /** What a trace has to tell for it: with none of these nothing can be drawn, with some the view says what it lacks. */
  readonly needs?: readonly TracedPart[];
  /** What its numbers are, where no metric says so; their names begin with the view's id and a colon. */
  readonly terms?: () => Promise<{ readonly TERMS: readonly Term[] }>;
  /** The same as tables: a view with a picture has a TableButton that asks for them. */
  readonly table?: () => Promise<{ readonly tables: TablesOf }>;
  readonly View: LaneView;
}

/** The views of a lane, from top to bottom; each is drawn twice, once per machine. */
export const LANE_VIEWS: readonly LaneViewEntry[] = [
  {
    id: 'cycle',
    title: 'Lock cycle',
    isOpen: true,
    has: ({ lockCycle }) => lockCycle.length > 0,
    table: () => import('./cycle/table.ts'),
    View: lazy(() => import('./cycle/view.tsx')),
  },
  {
    id: 'lru',
    title: 'LRU lists',
    isOpen: true,
    needs: ['cells'],
    table: () => import('./lru/table.ts'),
    View: LruView,
  },
  {
    id: 'lens',
    title: 'Tail of inactive file',
    isOpen: true,
    needs: ['cells', 'batches'],
    terms: () => import('./lens/terms.ts'),
    table: () => import('./lens/table.ts'),
    View: LensView,
  },
  {
    id: 'memory',
    title: 'Memory',
    isOpen: true,
    needs: ['memory', 'dirty'],
    terms: () => import('./memory/terms.ts'),
    table: () => import('./memory/table.ts'),
    View: MemoryView,
  },
  {
    id: 'stacks',
    title: 'Kernel stacks',
    isOpen: true,
    needs: ['stacks'],
    table: () => import('./stacks/table.ts'),
    View: StacksView,
  },
  {
    id: 'memcg',
    title: 'Memory cgroups',
    isOpen: true,
    has: ({ memcgs }) => memcgs.length > 0,
    part: 'groups',
    needs: ['memcgs'],
    terms: () => import('./memcg/terms.ts'),
    table: () => import('./memcg/table.ts'),
    View: lazy(() => import('./memcg/view.tsx')),
  },
  {
    id: 'pfn',
    title: 'Physical memory',
    isOpen: false,
    part: 'map',
    needs: ['map'],
    terms: () => import('./pfn/terms.ts'),
    table: () => import('./pfn/table.ts'),
    View: lazy(() => import('./pfn/view.tsx')),
  },
  {
    id: 'disk',
    title: 'Disk',
    isOpen: true,
    needs: ['disk', 'files'],
    terms: () => import('./disk/terms.ts'),
    table: () => import('./disk/table.ts'),
    View: DiskView,
  },
  {
    id: 'queue',
    title: 'Request queue',
    isOpen: false,
    needs: ['disk'],
    terms: () => import('./queue/terms.ts'),
    table: () => import('./queue/table.ts'),
    View: lazy(() => import('./queue/view.tsx')),
  },
  {
    id: 'tasks',
    title: 'Tasks',
    isOpen: true,
    terms: () => import('./tasks/terms.ts'),
    table: () => import('./tasks/table.ts'),
    View: TasksView,
  },
  {
    id: 'flusher',
    title: 'Flusher',
    isOpen: false,
    part: 'flushers',
    needs: ['flushers'],
    terms: () => import('./flusher/terms.ts'),
    table: () => import('./flusher/table.ts'),
    View: lazy(() => import('./flusher/view.tsx')),
  },
];

export interface DockViewEntry {
  readonly id: string;
  readonly title: string;
  /** The same as of a lane's view. */
  readonly terms?: () => Promise<{ readonly TERMS: readonly Term[] }>;
  readonly needs?: readonly TracedPart[];
  /** Only while a machine is a trace. */
  readonly ofTraces?: true;
  /** It asks a simulation, of the selected machine or of both: of a trace it has no answer (shared/simulated-words.ts says why). */
  readonly simulated?: 'selected' | 'both';
  /** Loaded when first opened: none of them is on the first screen. */
  readonly View: TwinView;
}

/** Larger views of both machines, one at a time below the lanes. */
export const DOCK_VIEWS: readonly DockViewEntry[] = [
  { id: 'log', title: 'Events', View: lazy(() => import('./log/view.tsx')) },
  { id: 'heat', title: 'Stalls', View: lazy(() => import('./heat/view.tsx')) },
  { id: 'counters', title: 'Counters', View: lazy(() => import('./counters/view.tsx')) },
  { id: 'trace', title: 'The trace', ofTraces: true, View: lazy(() => import('./trace/view.tsx')) },
  { id: 'script', title: 'Script', View: lazy(() => import('./script/view.tsx')) },
  {
    id: 'debug',
    title: 'Debugger',
    needs: ['stacks'],
    simulated: 'selected',
    terms: () => import('./debug/terms.ts'),
    View: lazy(() => import('./debug/view.tsx')),
  },
  { id: 'blame', title: 'Why it stalled', View: lazy(() => import('./blame/view.tsx')) },
  {
    id: 'whatif',
    title: 'What if',
    simulated: 'selected',
    View: lazy(() => import('./whatif/view.tsx')),
  },
  {
    id: 'divergence',
    title: 'First difference',
    simulated: 'both',
    View: lazy(() => import('./divergence/view.tsx')),
  },
  {
    id: 'sweep',
    title: 'Sweep',
    simulated: 'both',
    View: lazy(() => import('./sweep/view.tsx')),
  },
];

/** What is known of the pinned thing: in the right rail, below the numbers. */
export const INSPECTORS: readonly DockViewEntry[] = [
  { id: 'biography', title: 'Page', View: lazy(() => import('./biography/view.tsx')) },
];

/** Views of both machines at once, by the place the frame around them has for them. */
export const TWIN_VIEWS: { readonly numbers: TwinView; readonly chips: TwinView; readonly scrubber: TwinView } = {
  chips: ChipsView,
  numbers: NumbersView,
  scrubber: ScrubberView,
};
