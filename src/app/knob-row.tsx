import { Fragment } from 'react';
import { AS_THE_KERNEL, type Knob, type KnobValue, knobRefusal, knobValueFromText } from '../abi/knob.ts';
import type { MachineId } from '../abi/scenario.ts';
import type { AppState } from '../store/app-store.ts';
import { MACHINES } from '../store/feed.ts';
import { kernelAnswer, knobAt, sceneValue } from '../store/run.ts';
import { useApp } from '../views/shared/app-context.ts';
import { Pick } from './pick.tsx';
import { useSession } from './session-context.ts';
import { useKnobTime } from './use-knob-time.ts';
import { ValueField } from './value-field.tsx';

/** A knob's name without its group's prefix: `vm.dirty_ratio` stands under "vm". */
const shortName = ({ path }: Knob): string => path.slice(path.indexOf('.') + 1);

/** Kernel names are never re-cased; what is no kernel name reads better with spaces. */
const rowName = (knob: Knob): string => (knob.path.startsWith('vm.') ? shortName(knob) : knob.label);

/** A long kernel name may break after an underscore rather than lose its end. */
const breakable = (name: string) =>
  name.split(/(?<=_)/).map((part, at) => (
    <Fragment key={part}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));

/** "of 100" and "1/100 s" after a number read like more number; the definition has them. */
const shownUnit = (unit: string): string => (/^(\d|of )/.test(unit) ? '' : unit);

/** One box while both machines agree, A and B boxes where they differ. A dot marks what the scene says otherwise. */
export function KnobRow({ knob }: { readonly knob: Knob }) {
  const session = useSession();
  const nowNs = useKnobTime();
  const valueFor = (s: AppState, machine: MachineId) => knobAt(s, knob.path, machine, nowNs);
  const a = useApp((s) => valueFor(s, 'A'));
  const b = useApp((s) => valueFor(s, 'B'));
  const homeA = useApp((s) => sceneValue(s, knob.path, 'A'));
  const homeB = useApp((s) => sceneValue(s, knob.path, 'B'));
  const answerA = useApp((s) => (a === AS_THE_KERNEL ? kernelAnswer(s, knob.path, 'A') : a));
  const answerB = useApp((s) => (b === AS_THE_KERNEL ? kernelAnswer(s, knob.path, 'B') : b));
  const open = useApp((s) => s.openDefinition);
  const turned = useTurned();
  const isPair = turned.length === 2 && answerA !== answerB;
  const changed = turned.some((machine) => (machine === 'A' ? a !== homeA : b !== homeB));
  const set = (value: KnobValue, machine: MachineId | 'both') => void session.setKnob(knob.path, value, machine);
  const reset = () => {
    if (homeA === undefined || homeB === undefined) return;
    if (homeA === homeB) return set(homeA, 'both');
    set(homeA, 'A');
    set(homeB, 'B');
  };
  return (
    <div className="knob" data-knob={knob.path}>
      <button type="button" className="knob-name" onClick={() => open(`knob:${knob.path}`)} title={knob.path}>
        {breakable(rowName(knob))}
      </button>
      {changed && (
        <button
          type="button"
          className="changed"
          onClick={reset}
          aria-label={`${rowName(knob)} is changed: reset`}
          title="Changed. Click to reset."
        />
      )}
      <span className={isPair ? 'knob-pair' : 'knob-single'}>
        {turned.length === 2 && !isPair ? (
          <KnobBox knob={knob} value={a} machine="both" onSet={set} />
        ) : (
          turned.map((machine) => (
            <KnobBox key={machine} knob={knob} value={machine === 'A' ? a : b} machine={machine} onSet={set} />
          ))
        )}
      </span>
    </div>
  );
}

/** The machines that have knobs: what a trace was recorded under is not known, and nothing of it can be turned. */
export function useTurned(): readonly MachineId[] {
  const traces = useApp((s) => s.scenario?.traces);
  return MACHINES.filter((machine) => traces?.[machine] === undefined);
}

export interface KnobBoxProps {
  readonly knob: Knob;
  readonly value: KnobValue | undefined;
  readonly machine: MachineId | 'both';
  readonly onSet: (value: KnobValue, machine: MachineId | 'both') => void;
}

export function KnobBox({ knob, value, machine, onSet }: KnobBoxProps) {
  const say = useApp((s) => s.say);
  const answer = useApp((s) => kernelAnswer(s, knob.path, machine === 'B' ? 'B' : 'A'));
  const label = machine === 'both' ? knob.label : `${knob.label}, ${machine}`;
  const className = `knob-box knob-box-${machine}`;
  if (knob.kind === 'switch') {
    return (
      <button
        type="button"
        role="switch"
        aria-checked={value === true}
        aria-label={label}
        className={className}
        onClick={() => onSet(value !== true, machine)}
      >
        {value === true ? 'on' : 'off'}
      </button>
    );
  }
  if (knob.kind === 'choice') {
    const options = knob.options.map((option) => ({ value: option.id, label: option.label }));
    // An answer to a policy question is a word, and so is a name before its parenthesis; the list has them in full.
    const full = options.find((option) => option.value === value)?.label;
    const isPolicy = answer !== undefined;
    const shown = isPolicy ? String(value === AS_THE_KERNEL ? answer : value) : full?.replace(/ \(.*/, '');
    return (
      <Pick
        label={label}
        value={String(value ?? '')}
        options={options}
        shown={shown}
        onPick={(next) => onSet(next, machine)}
        className={className}
      />
    );
  }
  const enter = (text: string) => {
    const next = knobValueFromText(knob, text.replace(/[\s\u2009]/g, ''));
    const refusal = knobRefusal(knob, next);
    if (refusal) say(`${knob.path} is ${text}; it must be ${refusal}.`);
    else onSet(next, machine);
    return refusal === undefined;
  };
  return (
    <span className={className}>
      <ValueField
        text={String((value === AS_THE_KERNEL ? answer : value) ?? '')}
        label={label}
        unit={shownUnit(knob.unit)}
        onEnter={enter}
      />
    </span>
  );
}
