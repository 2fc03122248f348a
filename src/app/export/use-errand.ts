import { useEffect, useRef, useState } from 'react';

/** Work that a button starts, that tells how far it is, and that is called off by another button or when the panel closes. */
export interface Errand {
  /** Share that is done, 0…1; undefined: nothing is under way. */
  readonly done: number | undefined;
  readonly run: (work: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<void>) => Promise<void>;
  readonly cancel: () => void;
}

export function useErrand(): Errand {
  const [done, setDone] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run: Errand['run'] = async (work) => {
    const stop = new AbortController();
    running.current = stop;
    setDone(0);
    let isOver = false;
    // What is under way may still tell how far it is after it was called off.
    await work(stop.signal, (share) => isOver || setDone(share));
    isOver = true;
    setDone(undefined);
  };
  return { done, run, cancel: () => running.current?.abort() };
}
