import { Dialog } from '@base-ui/react/dialog';
import type { MachineFrame } from '../abi/frame.ts';
import type { LaneViewEntry } from '../views/registry.ts';
import { missingText } from '../views/shared/absent-words.ts';
import { useTwin } from '../views/shared/app-context.ts';
import { useLater } from './use-later.ts';

/** What a number of a frame means, and what it reads in both machines. */
export function TermDefinition({
  name,
  terms,
  needs = [],
}: {
  readonly name: string;
  readonly terms: NonNullable<LaneViewEntry['terms']>;
  readonly needs?: LaneViewEntry['needs'];
}) {
  const twin = useTwin(250);
  const term = useLater(terms)?.TERMS.find((one) => one.name === name);
  if (!term) return null;
  const { label, definition, source, rule } = term;
  const reading = (frame: MachineFrame) => {
    const missing = missingText(frame, term.needs ? [term.needs] : needs);
    return missing ? [missing] : term.of(frame);
  };
  return (
    <>
      <Dialog.Title className="dialog-title">{label}</Dialog.Title>
      <p>{definition}</p>
      <dl>
        <dt>A</dt>
        <Readings lines={twin && reading(twin.A)} />
        <dt>B</dt>
        <Readings lines={twin && reading(twin.B)} />
        <dt>Follows</dt>
        <dd>{source}</dd>
        <dt>Rule</dt>
        <dd>{rule}</dd>
      </dl>
    </>
  );
}

function Readings({ lines = [] }: { readonly lines: readonly string[] | undefined }) {
  return (
    <dd>
      {lines.length === 0 && 'not in this run'}
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </dd>
  );
}
