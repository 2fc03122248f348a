import { useTwin } from '../views/shared/app-context.ts';
import type { Term } from '../views/shared/term.ts';

/** What a number of a frame means, and what it reads in both machines. */
export function TermDefinition({ term: { definition, source, rule, of } }: { readonly term: Term }) {
  const twin = useTwin(250);
  return (
    <>
      <p>{definition}</p>
      <dl>
        <dt>A</dt>
        <Readings lines={twin && of(twin.A)} />
        <dt>B</dt>
        <Readings lines={twin && of(twin.B)} />
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
