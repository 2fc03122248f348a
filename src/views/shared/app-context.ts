import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Lab } from '../../abi/lab.ts';
import { type AppState, type AppStore, useAppState } from '../../store/app-store.ts';
import type { Driver } from '../../store/driver.ts';
import type { FrameFeed, Twin } from '../../store/feed.ts';
import type { History } from '../../store/history.ts';
import { slowly } from './slowly.ts';

/** What stays the same for the life of the page; everything that changes is in the store or comes through the feed. */
export interface Parts {
  readonly store: AppStore;
  readonly feed: FrameFeed;
  readonly history: History;
  readonly driver: Driver;
  readonly lab: Lab;
}

export const PartsContext = createContext<Parts | undefined>(undefined);

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (!parts) throw new Error('a view stands outside of PartsContext');
  return parts;
}

export const useApp = <T>(selector: (state: AppState) => T): T => useAppState(useParts().store, selector);

/** Words and numbers need no more: nobody reads faster. */
const READOUT_EVERY_MS = 125;

/** The latest frame, a few times a second, for text beside the canvases. */
export function useTwin(everyMs = READOUT_EVERY_MS): Twin | undefined {
  const { feed } = useParts();
  return useSyncExternalStore(slowly(feed, everyMs), feed.latest);
}

/** One number or word off the latest frame: what shows it is rendered again only when it reads otherwise. */
export function useReading<T extends string | number | boolean | undefined>(
  read: (twin: Twin | undefined) => T,
  everyMs = READOUT_EVERY_MS,
): T {
  const { feed } = useParts();
  return useSyncExternalStore(slowly(feed, everyMs), () => read(feed.latest()));
}
