import { useEffect, useState } from 'react';
import { describeError } from '../../abi/errors.ts';
import type { LabAnswer, LabAsk, LabJobId } from '../../abi/lab.ts';
import { useApp, useParts } from './app-context.ts';

/** What the lab has said to a question, and how far it is with the next. */
export interface Answered<Id extends LabJobId> {
  /** To the question before last, while one is being worked on. */
  readonly answer?: LabAnswer<Id>;
  readonly ask?: LabAsk<Id>;
  readonly error?: string;
  readonly isBusy: boolean;
  /** Share of the work that is done, 0…1. */
  readonly done: number;
}

/** Whoever steps on and on asks something else at every step: only the last of it is run. */
const SETTLES_MS = 120;

/**
 * Runs the question in the lab whenever it is another object; undefined: nothing is asked, and nothing costs anything. The
 * last answer stands until the next one is there.
 */
export function useAnswer<Id extends LabJobId>(id: Id, ask: LabAsk<Id> | undefined): Answered<Id> {
  const { lab } = useParts();
  const recording = useApp((s) => s.recording);
  const [state, setState] = useState<Answered<Id>>({ isBusy: false, done: 0 });
  useEffect(() => {
    if (ask === undefined) return;
    const stop = new AbortController();
    const { signal } = stop;
    setState(({ answer, ask: before }) => ({ ...kept(answer, before), isBusy: true, done: 0 }));
    const onProgress = (done: number) => signal.aborted || setState((state) => ({ ...state, done }));
    const run = async () => {
      const result = await lab.run(id, ask, { recording, signal, onProgress });
      if (signal.aborted) return;
      if (result.ok) setState({ answer: result.value, ask, isBusy: false, done: 1 });
      else setState({ error: describeError(result.error), ask, isBusy: false, done: 1 });
    };
    const timer = setTimeout(() => void run(), SETTLES_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [lab, id, ask, recording]);
  return state;
}

const kept = <Id extends LabJobId>(answer: LabAnswer<Id> | undefined, ask: LabAsk<Id> | undefined) =>
  answer === undefined || ask === undefined ? {} : { answer, ask };
