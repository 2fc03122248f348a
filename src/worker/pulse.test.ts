import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchPulse } from './pulse.ts';

let nowMs = 0;
/** Time goes by for the page: its timers are called every so often. */
async function pass(ms: number): Promise<void> {
  for (const endMs = nowMs + ms; nowMs < endMs; ) {
    nowMs += 60;
    await vi.advanceTimersByTimeAsync(60);
  }
}
/** The computer sleeps: the clock goes on, nothing is called. */
const sleep = (ms: number) => {
  nowMs += ms;
};

/** Locks of the browser as far as a page and its workers use them: one holder each, the next in line when it lets go. */
class Locks {
  readonly held = new Map<string, { letGo: () => void; next: (() => void)[] }>();
  request(name: string, options: { signal?: AbortSignal }, then: () => void): Promise<void> {
    this.held.get(name)?.next.push(() => options.signal?.aborted || then());
    return Promise.resolve();
  }
  hold(name: string): void {
    const next: (() => void)[] = [];
    this.held.set(name, { next, letGo: () => next.shift()?.() });
  }
}
const locks = new Locks();

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 0;
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function watched(sign: { lock?: string } = {}) {
  const lost: string[] = [];
  let alive = true;
  const pulse = watchPulse(
    () => (alive ? Promise.resolve(sign) : new Promise(() => undefined)),
    (message) => {
      lost.push(message);
      pulse.stop();
    },
    () => nowMs,
  );
  return { pulse, lost, end: () => (alive = false) };
}

test('silence tells within a second, but not before half of one', async () => {
  const { lost, end } = watched();
  await pass(1000);
  end();
  await pass(500);
  expect(lost).toEqual([]);
  await pass(500);
  expect(lost).toEqual(['it no longer answers']);
});

test('a computer that slept for an hour has lost nothing, even with a question under way', async () => {
  const { lost, end } = watched();
  await pass(1000);
  end(); // it does not answer while it is asleep
  await pass(120);
  sleep(3_600_000);
  await pass(420);
  expect(lost).toEqual([]);
  await pass(600);
  expect(lost).toEqual(['it no longer answers']);
});

test('a hidden tab, whose timers come once a second, blames nobody', async () => {
  const { lost } = watched();
  await pass(300);
  for (let second = 0; second < 20; second++) {
    sleep(940);
    await pass(60);
  }
  expect(lost).toEqual([]);
});

test('a long call is borne with, and no longer than it takes', async () => {
  const { pulse, lost, end } = watched();
  await pass(240);
  const answered = pulse.bearWith();
  end();
  await pass(4000);
  expect(lost).toEqual([]);
  answered();
  await pass(900);
  expect(lost).toEqual(['it no longer answers']);
});

test('a thread with a lock may be slow for seconds, and is missed at once when the lock is free', async () => {
  locks.hold('life');
  const { lost, end } = watched({ lock: 'life' });
  await pass(240);
  end();
  await pass(6000);
  expect(lost).toEqual([]);
  locks.held.get('life')?.letGo();
  expect(lost).toEqual(['it no longer answers']);
});

test('who stopped watching is told nothing', async () => {
  locks.hold('life');
  const { pulse, lost, end } = watched({ lock: 'life' });
  await pass(240);
  pulse.stop();
  end();
  locks.held.get('life')?.letGo();
  await pass(20_000);
  expect(lost).toEqual([]);
});
