import { Dialog } from '@base-ui/react/dialog';
import { Fragment } from 'react';
import { MACHINES } from '../store/feed.ts';
import { useApp } from '../views/shared/app-context.ts';
import { groupWords } from '../views/shared/format.ts';
import { tracedRow } from '../views/shared/traced-sections.ts';

/** What a number of a trace counts, and what it is in each machine that is a trace. */
export function TracedDefinition({ name }: { readonly name: string }) {
  const traced = useApp((s) => s.traced);
  const found = MACHINES.flatMap((machine) => {
    const row = tracedRow(traced[machine], name);
    return row ? [{ machine, ...row }] : [];
  });
  const [first] = found;
  if (!first) return null;
  return (
    <>
      <Dialog.Title className="dialog-title">{first.label}</Dialog.Title>
      <p>{first.definition}</p>
      <dl>
        {found.map(({ machine, value, counted, verdict }) => (
          <Fragment key={machine}>
            <dt>{machine}</dt>
            <dd>
              {[value, counted, verdict]
                .filter((one) => one !== undefined)
                .map((one) => groupWords(one))
                .join(', ')}
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
