import { useEffect, useMemo, useRef, useState } from 'react';
import type { Divergence } from '../../abi/divergence.ts';
import { describeError } from '../../abi/errors.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { useParts } from '../shared/app-context.ts';
import { letterOf } from './keys.ts';

export interface RunUntil {
  run(): void;
  /** Gives up, wherever it is. */
  stop(): void;
  /** Share of the search for the first difference that is done, 0…1; undefined: none is under way. */
  readonly searched: number | undefined;
  /** Why there was no search; empty: there was none to fail. */
  readonly error: string;
}

/**
 * Runs both machines to the first breakpoint. Where A and B differ first is found in the lab beforehand, once per run: no
 * machine can tell it by itself.
 */
export function useRunUntil(canRun: boolean): RunUntil {
  const { store, driver, lab } = useParts();
  const [searched, setSearched] = useState<number>();
  const [error, setError] = useState('');
  const search = useRef<AbortController>(undefined);
  const known = useRef<{ readonly scenario: Scenario; readonly found: Divergence }>(undefined);

  const { run, stop } = useMemo(() => {
    const find = async (scenario: Scenario): Promise<Divergence | undefined> => {
      if (known.current?.scenario === scenario) return known.current.found;
      const ending = new AbortController();
      search.current = ending;
      const { signal } = ending;
      const onProgress = (done: number) => signal.aborted || setSearched(done);
      setSearched(0);
      const ask = { scenario, untilNs: scenario.untilS * 1e9 };
      const result = await lab.run('divergence', ask, { recording: store.getState().recording, signal, onProgress });
      if (signal.aborted) return undefined;
      setSearched(undefined);
      const found = result.ok ? result.value : undefined;
      if (!result.ok) setError(describeError(result.error));
      else if (result.value.unlike.length > 0) {
        setError(`A and B are not alike at boot already: ${result.value.unlike.join(', ')}.`);
        return undefined;
      } else known.current = { scenario, found: result.value };
      return found;
    };
    const stop = () => {
      search.current?.abort();
      setSearched(undefined);
      driver.pause();
    };
    const run = async () => {
      const { scenario, watched } = store.getState();
      if (!scenario) return;
      stop();
      setError('');
      if (!watched.includes('divergence') || scenario.traces) return driver.runUntil();
      const found = await find(scenario);
      // Another run has begun meanwhile: nothing of this one is wanted any more.
      if (found && store.getState().scenario === scenario) driver.runUntil(found.at);
    };
    return { run: () => void run(), stop };
  }, [store, driver, lab]);

  useEffect(() => () => search.current?.abort(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (letterOf(event) !== 'r' || !canRun) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [run, canRun]);
  return { run, stop, searched, error };
}
