import type { Knob } from '../abi/knob.ts';
import { KnobRow } from './knob-row.tsx';

export function KnobGroup({ title, knobs }: { readonly title: string; readonly knobs: readonly Knob[] }) {
  return (
    <section className="knob-group" aria-label={title}>
      <h2>
        {title}
        {knobs.some((knob) => knob.path.startsWith('policy.')) && (
          <span className="answers-head" aria-hidden="true">
            <span>A</span>
            <span>B</span>
          </span>
        )}
      </h2>
      {knobs.map((knob) => (
        <KnobRow key={knob.path} knob={knob} />
      ))}
    </section>
  );
}
