import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Stall } from '../../abi/stall.ts';
import { ActorMark } from '../shared/actor-mark.tsx';
import { seconds } from '../shared/format.ts';
import { causeOf, headline, lasted, millis } from './text.ts';

const ROW_PX = 24;
const ROW_PX_NARROW = 44;

interface StallTableProps {
  readonly stalls: readonly Stall[];
  readonly chosen: number;
  readonly onChoose: (row: number) => void;
}

/** Task, start, length, reason; the list has the focus and the keys. */
export function StallTable({ stalls, chosen, onChoose }: StallTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = window.innerWidth <= 700 ? ROW_PX_NARROW : ROW_PX;
  const list = useVirtualizer({
    count: stalls.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  useEffect(() => list.scrollToIndex(chosen), [list, chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -8, PageDown: 8, Home: -stalls.length, End: stalls.length }[
      event.key
    ];
    if (step === undefined) return;
    onChoose(Math.max(0, Math.min(stalls.length - 1, chosen + step)));
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className="stall-rows"
      role="listbox"
      aria-label="Stalls, the longest first"
      aria-activedescendant={`stall-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="stall-sizer" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const stall = stalls[index]!;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
            <div
              key={index}
              id={`stall-${index}`}
              role="option"
              aria-label={`${headline(stall)}, mostly ${stall.reason}`}
              aria-selected={index === chosen}
              aria-setsize={stalls.length}
              aria-posinset={index + 1}
              className="stall-row"
              style={{ transform: `translateY(${start}px)`, height: rowPx }}
              onClick={() => onChoose(index)}
            >
              <b>
                <ActorMark actor={stall.task.actor} />
                {stall.task.letter}
              </b>
              <span className="stall-time">{seconds(stall.fromNs)}</span>
              <span className="stall-ms">{millis(lasted(stall))}</span>
              <span className="stall-reason" title={causeOf(stall)}>
                {stall.reason}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
