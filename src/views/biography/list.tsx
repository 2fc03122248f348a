import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { LifeEvent } from '../../abi/page-life.ts';
import type { Ns } from '../../abi/units.ts';
import { ActorMark } from '../shared/actor-mark.tsx';
import { useParts } from '../shared/app-context.ts';
import { seconds } from '../shared/format.ts';
import { doerText, freeable, rowText, stackText } from './text.ts';

const ROW_PX = 38;
const LIST_PX = 264;
/** So many rows fill the list, however short each is: its height does not wait for them to be measured. */
const FILLS = Math.ceil(LIST_PX / ROW_PX);

/** What happened to the page, oldest first; the list has the focus and the keys, a row that is chosen is gone to. */
export function LifeList({ events, atNs }: { readonly events: readonly LifeEvent[]; readonly atNs: Ns }) {
  const { driver } = useParts();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const last = events.findLastIndex((event) => event.atNs <= atNs);
  const [chosen, setChosen] = useState<number>();
  const active = Math.min(chosen ?? last, events.length - 1);
  useEffect(() => {
    if (last >= 0) list.scrollToIndex(last, { align: 'end' });
  }, [list, last]);
  const goTo = (row: number) => {
    const event = events[row];
    if (!event) return;
    setChosen(row);
    driver.pause();
    driver.seek({ atNs: event.atNs });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -events.length, End: events.length }[event.key];
    if (event.key === 'Enter' || event.key === ' ') goTo(active);
    else if (step === undefined) return;
    else {
      const next = Math.max(0, Math.min(events.length - 1, active + step));
      setChosen(next);
      list.scrollToIndex(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className="life"
      style={{ height: events.length >= FILLS ? LIST_PX : Math.min(LIST_PX, list.getTotalSize()) }}
      role="listbox"
      aria-label="What happened to the page, oldest first"
      aria-activedescendant={active >= 0 ? `life-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="life-sizer" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <LifeRow
            key={index}
            event={events[index]!}
            index={index}
            of={events.length}
            start={start}
            isActive={index === active}
            isAhead={index > last}
            measure={list.measureElement}
            onClick={() => goTo(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface LifeRowProps {
  readonly event: LifeEvent;
  readonly index: number;
  readonly of: number;
  readonly start: number;
  readonly isActive: boolean;
  readonly isAhead: boolean;
  readonly measure: (element: Element | null) => void;
  readonly onClick: () => void;
}

function LifeRow({ event, index, of, start, isActive, isAhead, measure, onClick }: LifeRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
    <div
      ref={measure}
      data-index={index}
      id={`life-${index}`}
      role="option"
      aria-label={rowText(event)}
      aria-selected={isActive}
      aria-setsize={of}
      aria-posinset={index + 1}
      className={isAhead ? 'life-row life-ahead' : 'life-row'}
      style={{ transform: `translateY(${start}px)` }}
      title={stackText(event)}
      onClick={onClick}
    >
      <time>{seconds(event.atNs)}</time>
      <i className={`swatch swatch-${freeable(event.state)}`} />
      <p>
        <ActorMark actor={event.by.actor} />
        <b>{doerText(event)}</b> {event.says} <small>{event.rule}</small>
      </p>
    </div>
  );
}
