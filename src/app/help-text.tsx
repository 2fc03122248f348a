import './help-text.css';
import { useApp } from '../views/shared/app-context.ts';
import { KEYS } from './key-list.ts';

const GROUPS = [...new Set(KEYS.map(({ group }) => group))];

/** What the program is, what it is not, and its keys. */
export function HelpText() {
  const open = useApp((s) => s.openDefinition);
  const model = useApp((s) => s.catalog?.model);
  return (
    <>
      <p>
        Two simulated machines run the same workload with the same seed under two Linux kernels of 2010, on one clock.
        Everything on the screen is read off their state. The model follows mm/vmscan.c, mm/page-writeback.c and the
        block layer rule by rule; it is a model all the same: CPU contention, journals and metadata are left out. Model{' '}
        {model}.
      </p>
      <p>
        A trace of a real kernel plays beside a simulated one: drop its text on the page, pick one in the list of
        scenes, or{' '}
        <button type="button" className="metric" onClick={() => open('record')}>
          record your own
        </button>
        .
      </p>
      <p>Click any number or knob to read what it counts and where that comes from.</p>
      <div className="key-groups">
        {GROUPS.map((group) => (
          <section key={group} aria-label={`Keys: ${group}`}>
            <h3>{group}</h3>
            <dl className="keys">
              {KEYS.filter((one) => one.group === group).map(({ key, does }) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
