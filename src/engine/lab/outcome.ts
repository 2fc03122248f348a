import { ok } from '../../abi/errors.ts';
import { Engine } from '../engine.ts';
import { metricsOf } from '../metrics.ts';
import type { LabJob } from './shared.ts';

/** Pieces that a run is cut into, so that its progress can be told. */
const PIECES = 50;

export const outcome: LabJob<'outcome'> = ({ scenario, machine, untilNs }, { recording, report }) => {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const engine = booted.value;
  for (let piece = 1; piece <= PIECES && engine.stopped === undefined; piece++) {
    engine.advance(Math.round((untilNs * piece) / PIECES));
    report(piece / PIECES);
  }
  const { stopped } = engine;
  const found = { metrics: metricsOf(engine.kernel), hash: engine.hash() };
  return ok(stopped === undefined ? found : { ...found, stopped });
};
