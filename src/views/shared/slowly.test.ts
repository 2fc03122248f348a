import { afterEach, expect, test, vi } from 'vitest';
import { slowly } from './slowly.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a feed of sixty frames a second is heard at most every two seconds, its last frame too', () => {
  vi.useFakeTimers();
  const listeners = new Set<() => void>();
  const feed = {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const heardMs: number[] = [];
  const stop = slowly(feed, 2000)(() => heardMs.push(performance.now()));
  let lastFrameMs = 0;
  for (let frame = 0; frame < 600; frame++) {
    vi.advanceTimersByTime(16);
    lastFrameMs = performance.now();
    for (const listener of listeners) listener();
  }
  vi.advanceTimersByTime(5000);
  const waits = heardMs.slice(1).map((at, before) => at - heardMs[before]!);
  expect(heardMs.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(2000);
  expect(heardMs.at(-1)).toBeGreaterThanOrEqual(lastFrameMs);
  stop();
  expect(listeners.size).toBe(0);
});

test('who listens at one pace to one feed gets one function', () => {
  const feed = { subscribe: () => () => {} };
  expect(slowly(feed, 125)).toBe(slowly(feed, 125));
  expect(slowly(feed, 125)).not.toBe(slowly(feed, 2000));
});
