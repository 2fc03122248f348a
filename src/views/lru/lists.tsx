import { LIST_NAMES } from '../../abi/frame.ts';
import { useReading } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import type { ListName } from './draw.ts';
import { Strip } from './strip.tsx';
import { emptyWords, listLabel } from './text.ts';

/** Share of all pages that a strip holds before its cells get narrower. */
const SHARES: Readonly<Record<ListName, number>> = {
  inactive_anon: 0.05,
  active_anon: 0.05,
  inactive_file: 1,
  active_file: 0.12,
  unevictable: 0.05,
  dirty_file: 0.3,
};
/** From top to bottom. The largest is there even when it is empty, and gives its height to the others when they fill. */
const SHOWN: readonly ListName[] = [
  'inactive_anon',
  'active_anon',
  'unevictable',
  'dirty_file',
  'active_file',
  'inactive_file',
];

/** Each list that holds pages as a strip; the empty ones share one line of text. */
export function Lists({ machine }: LaneProps) {
  const lengths = useReading((twin) => twin?.[machine].listPages.join(' ') ?? '');
  const pages = lengths.split(' ').map(Number);
  const pagesOf = (list: ListName) => pages[LIST_NAMES.indexOf(list)] ?? 0;
  const filled = SHOWN.filter((list) => pagesOf(list) > 0 || list === 'inactive_file');
  // The dirty list is no list of these kernels: where no policy keeps one there is nothing to miss.
  const empty = SHOWN.filter((list) => !filled.includes(list) && list !== 'dirty_file');
  return (
    <>
      {filled.map((list) => (
        <div key={list} className={`strip-row strip-row-${list}`}>
          <span className="caption">{listLabel(list)}</span>
          <span className="empty-lists">
            {list === 'inactive_file' && empty.length > 0 ? `${emptyWords(empty)} empty` : ''}
          </span>
          <span className="value">{group(pagesOf(list))}</span>
          <Strip machine={machine} list={list} share={SHARES[list]} />
        </div>
      ))}
    </>
  );
}
