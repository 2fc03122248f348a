import { type ReactNode, useId } from 'react';
import type { Knob } from '../../abi/knob.ts';
import { METRICS } from '../../abi/metrics.ts';
import { DERIVED } from '../shared/derived-metrics.ts';
import type { SweepAsk } from './ask.ts';

/** What to turn, how far, how often, and what to look at. */
export function SweepForm(props: {
  readonly ask: SweepAsk;
  readonly knobs: readonly Knob[];
  readonly metrics: readonly string[];
  readonly onAsk: (change: Partial<SweepAsk>) => void;
  readonly onKnob: (path: string) => void;
  readonly onMetrics: (metrics: readonly string[]) => void;
}) {
  const { ask, knobs, metrics, onAsk, onKnob, onMetrics } = props;
  const knob = knobs.find(({ path }) => path === ask.path);
  return (
    <>
      <Labelled label="Knob">
        {(id) => (
          <select id={id} value={ask.path} onChange={(event) => onKnob(event.target.value)}>
            {groupsOf(knobs).map(([group, own]) => (
              <optgroup key={group} label={group}>
                {own.map(({ path }) => (
                  <option key={path} value={path}>
                    {path.slice(group.length + 1)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Labelled>
      {knob?.kind === 'number' ? (
        <>
          <Numeric label="From" value={ask.from} min={knob.min} max={knob.max} onValue={(from) => onAsk({ from })} />
          <Numeric label="To" value={ask.to} min={knob.min} max={knob.max} onValue={(to) => onAsk({ to })} />
          <Numeric label="Values" value={ask.count} min={2} max={15} onValue={(count) => onAsk({ count })} />
          <Labelled label="Spacing">
            {(id) => (
              <select
                id={id}
                value={ask.spacing}
                onChange={(event) => onAsk({ spacing: event.target.value === 'log' ? 'log' : 'linear' })}
              >
                <option value="linear">even</option>
                <option value="log" disabled={ask.from <= 0}>
                  logarithmic
                </option>
              </select>
            )}
          </Labelled>
        </>
      ) : null}
      <Numeric label="Seeds" value={ask.seeds} min={1} max={30} onValue={(seeds) => onAsk({ seeds })} />
      <Numeric label="Run, s" value={ask.untilS} min={1} max={600} onValue={(untilS) => onAsk({ untilS })} />
      <details className="sweep-metrics">
        <summary>Figures ({metrics.length})</summary>
        <div>
          {[...DERIVED, ...METRICS].map(({ name, label }) => (
            <label key={name} title={name}>
              <input
                type="checkbox"
                checked={metrics.includes(name)}
                onChange={({ target }) =>
                  onMetrics(target.checked ? [...metrics, name] : metrics.filter((one) => one !== name))
                }
              />
              {label}
            </label>
          ))}
        </div>
      </details>
    </>
  );
}

function groupsOf(knobs: readonly Knob[]): readonly (readonly [string, readonly Knob[]])[] {
  const byGroup = new Map<string, Knob[]>();
  for (const knob of knobs) {
    const group = knob.path.slice(0, knob.path.indexOf('.'));
    byGroup.set(group, [...(byGroup.get(group) ?? []), knob]);
  }
  return [...byGroup];
}

function Labelled({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="sweep-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function Numeric(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onValue: (value: number) => void;
}) {
  const { label, value, min, max, onValue } = props;
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          step="any"
          min={min}
          max={max}
          key={value}
          defaultValue={value}
          onBlur={({ target }) => {
            const next = Math.max(min, Math.min(max, target.valueAsNumber));
            if (Number.isFinite(next)) onValue(next);
            target.value = String(Number.isFinite(next) ? next : value);
          }}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      )}
    </Labelled>
  );
}
