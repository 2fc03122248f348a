import type { MemcgFrame } from '../../abi/frame.ts';
import { LIST_NAMES } from '../../abi/frame.ts';
import type { ListFrame } from '../../abi/look.ts';
import { group, mib } from '../shared/format.ts';
import { TermButton } from '../shared/term-button.tsx';
import { BARS_PX, HEAD_PX, LABELS_PX, TANK_PX } from './layout.ts';
import { LIST_WORDS } from './text.ts';

export function GroupHead({ memcg, pageBytes }: { readonly memcg: MemcgFrame; readonly pageBytes: number }) {
  const { name, usagePages, limitPages, failcnt, stalledNs } = memcg;
  return (
    <p className="picture-line" style={{ height: HEAD_PX, marginBottom: TANK_PX + BARS_PX }}>
      <b>{name}</b>
      <span className="value words">
        <TermButton of="memcg:usage">{mib(usagePages, pageBytes)}</TermButton>
        {Number.isFinite(limitPages) ? (
          <>
            {' of '}
            <TermButton of="memcg:limit">{mib(limitPages, pageBytes)}</TermButton> MiB
          </>
        ) : (
          ' MiB'
        )}
        {' · '}
        <TermButton of="memcg:failcnt">failcnt {group(failcnt)}</TermButton>
        {' · '}
        <TermButton of="memcg:stalled">stalled {(stalledNs / 1e9).toFixed(1)} s</TermButton>
      </span>
    </p>
  );
}

/** Below the bars, each in its fifth of the width. */
export function GroupLists({ lists }: { readonly lists: readonly ListFrame[] }) {
  return (
    <div className="memcg-lists" style={{ height: LABELS_PX }}>
      {LIST_WORDS.map((words, row) => (
        <TermButton key={words} of={`memcg:${LIST_NAMES[row]!}`}>
          <span>{words}</span>
          <span className="value">{group(lists[row]?.pages ?? 0)}</span>
        </TermButton>
      ))}
    </div>
  );
}
