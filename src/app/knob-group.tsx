import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Knob } from '../abi/knob.ts';
import { isPlain } from '../store/run.ts';
import { useApp } from '../views/shared/app-context.ts';
import { KnobRow, useTurned } from './knob-row.tsx';
import { useKnobTime } from './use-knob-time.ts';

/** Knobs under one heading; details only on demand, or where they are not as everybody expects them. */
export function KnobGroup({ title, knobs }: { readonly title: string; readonly knobs: readonly Knob[] }) {
  const [isOpen, setOpen] = useState(false);
  const nowNs = useKnobTime();
  const isPair = useTurned().length === 2;
  const hidden = useApp((s) => knobs.filter((knob) => knob.detail && isPlain(s, knob.path, nowNs)).length);
  const shown = useApp((s) =>
    knobs
      .filter((knob) => isOpen || !knob.detail || !isPlain(s, knob.path, nowNs))
      .map(({ path }) => path)
      .join(' '),
  ).split(' ');
  const all = hidden === knobs.length;
  return (
    <section className="knob-group" aria-label={title}>
      <h2>
        {title}
        {isPair && knobs.some((knob) => knob.path.startsWith('policy.')) && (isOpen || !all) && (
          <span className="answers-head" aria-hidden="true">
            <span>A</span>
            <span>B</span>
          </span>
        )}
      </h2>
      {knobs
        .filter(({ path }) => shown.includes(path))
        .map((knob) => (
          <KnobRow key={knob.path} knob={knob} />
        ))}
      {hidden > 0 && (
        <button type="button" className="knob-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronDown size={14} aria-hidden="true" />
          {isOpen ? 'fewer' : all ? `${hidden} rules` : `${hidden} more`}
        </button>
      )}
    </section>
  );
}
