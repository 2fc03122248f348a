import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { DISKS } from '../../abi/events.ts';
import { TRACEPOINT_KEYS, TRACEPOINTS } from '../../abi/tracepoints.ts';
import { MACHINES } from '../../store/feed.ts';
import { useTwin } from '../shared/app-context.ts';
import type { LogFilter } from './reader.ts';
import { threadsOf } from './text.ts';

interface FiltersProps {
  readonly filter: LogFilter;
  readonly onFilter: (filter: LogFilter) => void;
  readonly isTrace: boolean;
  readonly onTrace: (isTrace: boolean) => void;
  readonly isFollowing: boolean;
  readonly onFollow: (follow: boolean) => void;
}

const ANY = 'any';

/** Which events, how they are told, and whether the newest stays in view. */
export function Filters({ filter, onFilter, isTrace, onTrace, isFollowing, onFollow }: FiltersProps) {
  const twin = useTwin(1000);
  return (
    <div className="log-filters" role="toolbar" aria-label="Which events">
      <span className="toggles">
        {MACHINES.map((machine) => {
          const others = filter.machines.filter((one) => one !== machine);
          const isOn = others.length < filter.machines.length;
          const next = isOn ? others : MACHINES.filter((one) => one === machine || others.includes(one));
          return (
            <button
              key={machine}
              type="button"
              className="toggle"
              aria-label={`Events of ${machine}`}
              aria-pressed={isOn}
              onClick={() => next.length > 0 && onFilter({ ...filter, machines: next })}
            >
              {machine}
            </button>
          );
        })}
      </span>
      <Kinds ids={filter.ids} onIds={(ids) => onFilter({ ...filter, ids })} />
      <select
        className="boxed"
        aria-label="Whose"
        value={filter.thread ?? ANY}
        onChange={({ target }) =>
          onFilter({ ...filter, thread: target.value === ANY ? undefined : Number(target.value) })
        }
      >
        <option value={ANY}>All threads</option>
        <option value={DISKS}>Disk</option>
        {threadsOf(twin).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="search"
        className="boxed"
        aria-label="Text in the event"
        placeholder="Text, as order=1"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <span className="gap" />
      <button type="button" className="toggle" aria-pressed={isTrace} onClick={() => onTrace(!isTrace)}>
        As the kernel prints it
      </button>
      <button type="button" className="toggle" aria-pressed={isFollowing} onClick={() => onFollow(!isFollowing)}>
        Follow
      </button>
    </div>
  );
}

interface KindsProps {
  readonly ids: readonly number[] | undefined;
  readonly onIds: (ids: readonly number[] | undefined) => void;
}

/** A list of all tracepoints to tick. */
function Kinds({ ids, onIds }: KindsProps) {
  const [isOpen, setOpen] = useState(false);
  const toggle = (id: number) => {
    const now = ids ?? [];
    const next = now.includes(id) ? now.filter((one) => one !== id) : [...now, id];
    onIds(next.length === 0 ? undefined : next);
  };
  return (
    <details className="log-kinds" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="boxed">
        {ids ? `${ids.length} of ${TRACEPOINT_KEYS.length} kinds` : 'All kinds'}
        <ChevronDown size={15} aria-hidden="true" />
      </summary>
      <div className="log-kinds-list">
        {TRACEPOINT_KEYS.map((key, id) => (
          <label key={key} title={TRACEPOINTS[key].doc}>
            <input type="checkbox" checked={ids?.includes(id) ?? false} onChange={() => toggle(id)} />
            <code>{TRACEPOINTS[key].name}</code>
          </label>
        ))}
        <button type="button" className="quiet" onClick={() => onIds(undefined)}>
          All kinds
        </button>
      </div>
    </details>
  );
}
