import type { KernelInfo } from '../abi/protocol.ts';
import { questionOf } from '../store/run.ts';
import { useApp } from '../views/shared/app-context.ts';

/** A kernel in full: where it is from, how it answers each question, and what of it is not modelled. */
export function KernelDefinition({ kernel }: { readonly kernel: KernelInfo }) {
  const knobs = useApp((s) => s.catalog?.knobs) ?? [];
  const questions = knobs.filter(({ kind, path }) => kind === 'choice' && path.startsWith('policy.'));
  const answers = questions.flatMap((knob) => {
    const id = kernel.answers[questionOf(knob.path)];
    if (knob.kind !== 'choice' || id === undefined) return [];
    return [{ path: knob.path, label: knob.label, answer: knob.options.find((one) => one.id === id)?.label ?? id }];
  });
  return (
    <>
      <p>{kernel.gist}</p>
      <p className="note">{kernel.source}</p>
      <h3>Its answers</h3>
      <dl className="answers">
        {answers.map(({ path, label, answer }) => (
          <div key={path}>
            <dt>{label}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
      </dl>
      <h3>Left out, and what &ldquo;historical bugs&rdquo; off means</h3>
      <ul>
        {kernel.leftOut.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  );
}
