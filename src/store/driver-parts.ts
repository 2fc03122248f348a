import type { AppStore } from './app-store.ts';
import type { FrameFeed } from './feed.ts';
import type { History } from './history.ts';
import type { StartMachine } from './round.ts';

/** What a driver drives, and what it tells of it. */
export interface DriverParts {
  readonly start: StartMachine;
  readonly store: AppStore;
  readonly feed: FrameFeed;
  readonly history: History;
  /** Wall milliseconds. */
  readonly wall: () => number;
  /** Nobody looks: nothing needs to run ahead. */
  readonly isHidden: () => boolean;
}
