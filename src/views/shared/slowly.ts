import type { FrameFeed } from '../../store/feed.ts';

type Feed = Pick<FrameFeed, 'subscribe'>;

const throttled = new WeakMap<Feed, Map<number, Feed['subscribe']>>();

/** A feed heard at most once in so many ms. One function per feed and interval: useSyncExternalStore wants it to stay the same. */
export function slowly(feed: Feed, everyMs: number): Feed['subscribe'] {
  const byInterval = throttled.get(feed) ?? new Map<number, Feed['subscribe']>();
  throttled.set(feed, byInterval);
  let subscribe = byInterval.get(everyMs);
  if (!subscribe) {
    subscribe = (listener) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let last = 0;
      const call = () => {
        timer = undefined;
        last = performance.now();
        listener();
      };
      const unsubscribe = feed.subscribe(() => {
        timer ??= setTimeout(call, Math.max(0, last + everyMs - performance.now()));
      });
      return () => {
        unsubscribe();
        clearTimeout(timer);
      };
    };
    byInterval.set(everyMs, subscribe);
  }
  return subscribe;
}
