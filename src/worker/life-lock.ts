/** What a worker answers to a ping: the name of the lock that it holds for as long as it lives, once it has it. */
export interface Sign {
  readonly lock?: string | undefined;
}

/** In a worker: a lock that the browser lets go of when the thread ends, however it ends. Its name once it is held. */
export function holdLifeLock(): () => Sign {
  const name = `reclaimscope ${performance.timeOrigin} ${Math.random()}`;
  let held: string | undefined;
  // Missing where the page does not come over https: then only silence tells.
  void globalThis.navigator?.locks
    ?.request(name, () => {
      held = name;
      return new Promise(() => undefined);
    })
    .catch(() => undefined);
  return () => ({ lock: held });
}

/** In the page: calls `gone` when whoever holds the lock has ended; until then nothing. */
export function awaitEnd(lock: string, gone: () => void, signal: AbortSignal): void {
  globalThis.navigator?.locks?.request(lock, { signal }, gone).catch(() => undefined);
}
