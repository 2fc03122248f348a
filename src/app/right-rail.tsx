import { Suspense } from 'react';
import { INSPECTORS, TWIN_VIEWS } from '../views/registry.ts';
import { CopyResults } from './copy-results.tsx';

const LEGEND = [
  { state: 'free', says: 'free' },
  { state: 'clean', says: 'clean' },
  { state: 'dirty', says: 'dirty' },
  { state: 'writeback', says: 'writing' },
] as const;

/** The numbers of both, and what the colours answer. */
export function RightRail() {
  return (
    <aside className="rail rail-right" aria-label="Numbers and legend">
      <TWIN_VIEWS.numbers />
      <CopyResults />
      <Suspense>
        {INSPECTORS.map(({ id, View }) => (
          <View key={id} />
        ))}
      </Suspense>
      <section className="legend" aria-label="Legend">
        <h2>Can this page be freed now?</h2>
        <ul>
          {LEGEND.map(({ state, says }) => (
            <li key={state}>
              <i className={`swatch swatch-${state}`} />
              {says}
            </li>
          ))}
        </ul>
        <p>
          Dot: referenced. Notch: goes to the tail once written. Cut corner: anonymous. White frame: held isolated by a
          reclaimer.
        </p>
      </section>
    </aside>
  );
}
