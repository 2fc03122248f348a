import { Fragment } from 'react';
import type { Knob, KnobValue } from '../abi/knob.ts';
import type { MachineId } from '../abi/scenario.ts';
import { MACHINES } from '../store/feed.ts';
import { knobAt } from '../store/run.ts';
import { useApp, useTwin } from '../views/shared/app-context.ts';
import { KnobBox, useTurned } from './knob-row.tsx';
import { useSession } from './session-context.ts';

function rangeOf(knob: Knob): string {
  if (knob.kind === 'number')
    return `${knob.min} to ${knob.max} ${knob.unit}${knob.step ? `, in steps of ${knob.step}` : ''}`;
  return knob.kind === 'choice' ? knob.options.map((option) => option.label).join(', ') : 'on or off';
}

/** A knob in full: what it does, where that is from, and a box for each machine. */
export function KnobDefinition({ knob }: { readonly knob: Knob }) {
  const session = useSession();
  const nowNs = useTwin(500)?.atNs ?? 0;
  const a = useApp((s) => knobAt(s, knob.path, 'A', nowNs));
  const b = useApp((s) => knobAt(s, knob.path, 'B', nowNs));
  const turned = useTurned();
  const set = (value: KnobValue, machine: MachineId | 'both') => void session.setKnob(knob.path, value, machine);
  return (
    <>
      <p>{knob.doc}</p>
      <dl>
        {MACHINES.map((machine) => (
          <Fragment key={machine}>
            <dt>{machine}</dt>
            <dd>
              {turned.includes(machine) ? (
                <KnobBox knob={knob} value={machine === 'A' ? a : b} machine={machine} onSet={set} />
              ) : (
                'recorded: a trace has no knobs'
              )}
            </dd>
          </Fragment>
        ))}
        <dt>Range</dt>
        <dd>{rangeOf(knob)}</dd>
        <dt>Default</dt>
        <dd>{String(knob.initial)}</dd>
        <dt>Source</dt>
        <dd>{knob.source}</dd>
        <dt>Applies</dt>
        <dd>{knob.live ? 'at once, at the present virtual time' : 'at boot: the run starts again'}</dd>
      </dl>
    </>
  );
}
