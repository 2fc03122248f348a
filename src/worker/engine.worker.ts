import { expose, transfer } from 'comlink';
import { err, ok, type Result } from '../abi/errors.ts';
import type { Advance, EngineApi } from '../abi/protocol.ts';
import { Engine } from '../engine/engine.ts';
import { buffersOf, columnBuffers } from './buffers.ts';
import { contain as containAt } from './contain.ts';
import { holdLifeLock } from './life-lock.ts';

/** Wall milliseconds of work per call: short enough that the heartbeat is answered in between. */
const SLICE_MS = 40;

let engine: Engine | undefined;
const NOTHING_LOADED = err({ kind: 'bad-input', where: 'engine', message: 'no scenario is loaded' });

const contain = <T>(call: () => Result<T>): Result<T> =>
  containAt(call, () => ({
    atNs: engine?.nowNs ?? 0,
    seed: engine?.seed ?? 0,
    hash: () => engine?.hash() ?? 'none',
  }));

/** What a call has to say beside the machine it leaves behind. */
type Said = Pick<Advance, 'hit' | 'gaveUpAfter'> | undefined;

function onEngine(
  act: (engine: Engine) => Result<Said> | undefined,
  whole = (_: Engine, _said: Said) => true,
): Result<Advance> {
  const result = contain((): Result<Advance> => {
    if (!engine) return NOTHING_LOADED;
    const done = act(engine);
    if (done && !done.ok) return done;
    return ok({ ...engine.takeAdvance(whole(engine, done?.value)), ...done?.value });
  });
  return result.ok ? transfer(result, buffersOf(result.value)) : result;
}

function sliceEnds(): () => boolean {
  const end = performance.now() + SLICE_MS;
  return () => performance.now() < end;
}

/** comlink lets the other side call, read and set all it can reach: a literal, never the engine. */
type Facade = { [K in keyof EngineApi]: (...args: Parameters<EngineApi[K]>) => Awaited<ReturnType<EngineApi[K]>> };
const api: Facade = {
  describe: () => contain(() => ok(Engine.describe())),
  load: (scenario, machine, recording) => {
    const booted = contain(() => Engine.boot(scenario, machine, recording));
    if (!booted.ok) return booted;
    engine = booted.value;
    return onEngine(() => undefined);
  },
  advance: (untilNs, whole, breakpoints = []) =>
    onEngine(
      (it) => {
        if (breakpoints.length === 0) return void it.advance(untilNs, sliceEnds());
        const hit = it.runUntil(untilNs, breakpoints, sliceEnds());
        return hit && ok({ hit });
      },
      // An answer on the way is not shown.
      (it, said) => said !== undefined || it.stopped !== undefined || (whole && it.nowNs >= untilNs),
    ),
  step: (kind, thread) =>
    onEngine((it) => {
      const gaveUpAfter = it.step(kind, thread);
      return gaveUpAfter === undefined ? undefined : ok({ gaveUpAfter });
    }),
  seek: (toNs, eventsDone) => onEngine((it) => void it.seek(toNs, eventsDone)),
  input: (input) => onEngine((it) => it.input(input)),
  replaceInputs: (inputs, fromNs) => onEngine((it) => it.replaceInputs(inputs, fromNs)),
  look: (look) =>
    onEngine((it) => {
      it.look = look;
      return undefined;
    }),
  pageAt: (spot) => contain(() => ok(engine?.pageAt(spot))),
  findEvents: (ask) => {
    const found = contain(() => (engine ? ok(engine.findEvents(ask)) : NOTHING_LOADED));
    return found.ok ? transfer(found, columnBuffers(found.value)) : found;
  },
  hash: () => contain(() => (engine ? ok(engine.hash()) : NOTHING_LOADED)),
  ping: holdLifeLock(),
};
expose(api);
