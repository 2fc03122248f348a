import { useApp } from '../views/shared/app-context.ts';
import { KEYS } from './use-keys.ts';

/** What the program is, what it is not, and its keys. */
export function HelpText() {
  const model = useApp((s) => s.catalog?.model);
  return (
    <>
      <p>
        Two simulated machines run the same workload with the same seed under two Linux kernels of 2010, on one clock.
        Everything on the screen is read off their state. The model follows mm/vmscan.c, mm/page-writeback.c and the
        block layer rule by rule; it is a model all the same: CPU contention, journals and metadata are left out. Model{' '}
        {model}.
      </p>
      <p>Click any number or knob to read what it counts and where that comes from.</p>
      <dl className="keys">
        {KEYS.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
