import { describeError } from '../../abi/errors.ts';
import type { Recording } from '../../abi/recording.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { S } from '../../abi/units.ts';
import { createChecker } from '../../engine/checks.ts';
import { Engine } from '../../engine/engine.ts';

/** What became of a run: to its end, to the simulated kernel's own end, cut short by a bound, or broken. */
export type Outcome =
  | { readonly kind: 'done' | 'stopped' | 'cut short'; readonly atS: number }
  | { readonly kind: 'broken'; readonly atS: number; readonly message: string };

export interface Bounds {
  readonly events: number;
  /** Asked now and then; true: enough. */
  readonly isOver: () => boolean;
}

/** Machine A of a scenario with all invariants on. */
export function runChecked(scenario: Scenario, recording: Recording | undefined, bounds: Bounds): Outcome {
  let engine: Engine | undefined;
  try {
    const booted = Engine.boot(scenario, 'A', recording, false);
    if (!booted.ok) return { kind: 'broken', atS: 0, message: describeError(booted.error) };
    engine = booted.value;
    engine.checker = createChecker().check;
    const mayGoOn = () => engine!.eventsDone < bounds.events && !bounds.isOver();
    engine.advance(scenario.untilS * S, mayGoOn);
    const atS = engine.nowNs / S;
    if (engine.stopped !== undefined) return { kind: 'stopped', atS };
    return { kind: atS >= scenario.untilS ? 'done' : 'cut short', atS };
  } catch (cause) {
    const message = cause instanceof Error ? `${cause.message}${placeOf(cause)}` : String(cause);
    return { kind: 'broken', atS: (engine?.nowNs ?? 0) / S, message };
  }
}

/** The first two functions of ours in a stack trace. */
function placeOf(cause: Error): string {
  const places = (cause.stack ?? '').split('\n').filter((line) => line.includes('/src/engine/'));
  return places
    .slice(0, 2)
    .map((line) => ` ${line.trim().replace(/\(?\S*\/src\//, '(')}`)
    .join('');
}
