import { LIST_NAMES } from '../../abi/frame.ts';
import { useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import type { ListName } from './draw.ts';
import { Strip } from './strip.tsx';
import { emptyWords, listLabel, lruText } from './text.ts';

/** Share of all pages that a strip holds before its cells get narrower. */
const SHARES: Readonly<Record<ListName, number>> = {
  inactive_anon: 0.05,
  active_anon: 0.05,
  inactive_file: 1,
  active_file: 0.12,
  unevictable: 0.05,
  dirty_file: 0.3,
};

/** The LRU lists as strips; the dirty one only where a policy keeps one. Lists without a page share one line of text: most scenes have no anonymous memory. */
export function LruView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const pagesOf = (list: ListName) => frame?.listPages[LIST_NAMES.indexOf(list)] ?? 0;
  const file: readonly ListName[] = ['active_file', 'inactive_file'];
  const rest: readonly ListName[] = ['inactive_anon', 'active_anon', 'unevictable'];
  const dirty: readonly ListName[] = pagesOf('dirty_file') > 0 ? ['dirty_file'] : [];
  const filled = rest.filter((list) => pagesOf(list) > 0);
  const empty = rest.filter((list) => pagesOf(list) === 0);
  return (
    <section className="view lru" aria-label={`LRU lists of ${machine}`}>
      <h3>
        LRU <span>newest ← → next victim</span>
        <small>{empty.length > 0 ? `${emptyWords(empty)} 0` : ''}</small>
      </h3>
      {[...filled, ...dirty, ...file].map((list) => (
        <div key={list} className="strip-row">
          <span className="caption">{listLabel(list)}</span>
          <span className="value">{group(pagesOf(list))}</span>
          <Strip machine={machine} list={list} share={SHARES[list]} />
        </div>
      ))}
      <Spoken text={() => (frame ? lruText(frame) : '')} />
    </section>
  );
}
