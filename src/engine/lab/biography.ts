import { err, ok } from '../../abi/errors.ts';
import { Engine } from '../engine.ts';
import { PageLife } from '../probe/page-life.ts';
import { type LabJob, runTo } from './shared.ts';

export const biography: LabJob<'biography'> = ({ scenario, machine, untilNs, page }, { recording, report }) => {
  const life = new PageLife(page);
  const booted = Engine.boot(scenario, machine, recording, false, life.instruments);
  if (!booted.ok) return booted;
  const engine = booted.value;
  const space = engine.kernel.m.spaces[page.space];
  if (space === undefined || page.index >= space.sizePages)
    return err({ kind: 'bad-input', where: 'page', message: 'the run has no such page' });
  engine.checker = life.afterEvent;
  runTo(engine, untilNs, report);
  life.finish(engine.kernel);
  return ok({ page, file: space.name, events: life.events, untilNs });
};
