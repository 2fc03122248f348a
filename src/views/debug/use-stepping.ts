import { useEffect, useMemo } from 'react';
import type { TaskFrame } from '../../abi/frame.ts';
import type { Step } from '../../store/round.ts';
import { useParts } from '../shared/app-context.ts';
import { letterOf } from './keys.ts';
import { functionsOf } from './text.ts';

/** Keys while the debugger is open; the help sheet lists them. */
const KEYS: Readonly<Record<string, Step['kind']>> = { i: 'into', o: 'over', u: 'out' };

export interface Stepper {
  step(kind: Step['kind']): void;
  /** One step of the thread back. */
  back(): void;
  can(kind: Step['kind']): boolean;
}

/** Steps of the selected machine, and through the functions of one of its threads. */
export function useStepping(task: TaskFrame | undefined): Stepper {
  const { driver, store } = useParts();
  const stepper = useMemo((): Stepper => {
    const isFree = () => !store.getState().busy || store.getState().playback.at === 'playing';
    const stepOf = (kind: Step['kind']): Step => (task === undefined ? { kind } : { kind, thread: task.id });
    const can = (kind: Step['kind']): boolean => {
      if (kind !== 'into' && kind !== 'over' && kind !== 'out') return true;
      if (task === undefined || task.state === 'dead') return false;
      return kind !== 'out' || functionsOf(task.stack) > 1;
    };
    return {
      can,
      step: (kind) => isFree() && can(kind) && driver.step(stepOf(kind), store.getState().machine),
      back: () => isFree() && task && driver.stepBack(stepOf('into'), store.getState().machine),
    };
  }, [driver, store, task]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const kind = KEYS[letterOf(event) ?? ''];
      if (!kind) return;
      event.preventDefault();
      if (event.shiftKey && kind === 'into') stepper.back();
      else stepper.step(kind);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stepper]);
  return stepper;
}
