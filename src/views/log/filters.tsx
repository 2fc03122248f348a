import { ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { DISKS } from '../../abi/events.ts';
import { MACHINES } from '../../store/feed.ts';
import { useApp, useTwin } from '../shared/app-context.ts';
import { kindsOf } from './kinds.ts';
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
      <Kinds chosen={filter.kinds} onChoose={(kinds) => onFilter({ ...filter, kinds })} />
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
  readonly chosen: readonly string[] | undefined;
  readonly onChoose: (names: readonly string[] | undefined) => void;
}

/** A list of all kinds of events to tick: of a trace its own, and how often each is in it. */
function Kinds({ chosen, onChoose }: KindsProps) {
  const [isOpen, setOpen] = useState(false);
  const traced = useApp((s) => s.traced);
  const kinds = useMemo(() => kindsOf(traced), [traced]);
  const toggle = (name: string) => {
    const now = chosen ?? [];
    const next = now.includes(name) ? now.filter((one) => one !== name) : [...now, name];
    onChoose(next.length === 0 ? undefined : next);
  };
  return (
    <details className="log-kinds" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="boxed">
        {chosen ? `${chosen.length} of ${kinds.length} kinds` : 'All kinds'}
        <ChevronDown size={15} aria-hidden="true" />
      </summary>
      <div className="log-kinds-list">
        {kinds.map(({ name, doc, counts }) => (
          <label key={name} title={doc}>
            <input type="checkbox" checked={chosen?.includes(name) ?? false} onChange={() => toggle(name)} />
            <code>{name}</code>
            <small>{counts}</small>
          </label>
        ))}
        <button type="button" className="quiet" onClick={() => onChoose(undefined)}>
          All kinds
        </button>
      </div>
    </details>
  );
}
