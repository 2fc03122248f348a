import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Twin } from '../../store/feed.ts';
import { useParts, useTwin } from '../shared/app-context.ts';
import { happened, type LogRow } from './rows.ts';
import { micros, rowText, whoOf } from './text.ts';

interface LogListProps {
  readonly rows: readonly LogRow[];
  readonly isTrace: boolean;
  readonly isFollowing: boolean;
  readonly onFollow: (follow: boolean) => void;
}

const EVERY_MS = 250;
const ROW_PX = 24;
/** A thumb's worth, and room for four lines. */
const ROW_PX_NARROW = 80;

/** The rows in view, of however many; the list has the focus and the keys. */
export function LogList({ rows, isTrace, isFollowing, onFollow }: LogListProps) {
  const { driver } = useParts();
  const twin = useTwin(EVERY_MS);
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = window.innerWidth <= 700 ? ROW_PX_NARROW : ROW_PX;
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const past = happened(rows, twin?.atNs ?? 0);
  const [at, setAt] = useState<number | undefined>();
  const active = at === undefined ? past - 1 : Math.min(at, rows.length - 1);
  useEffect(() => {
    if (isFollowing && past > 0) list.scrollToIndex(past - 1, { align: 'end' });
  }, [list, isFollowing, past]);

  const stay = () => onFollow(false);
  const goTo = (row: number) => {
    const target = rows[row];
    if (!target) return;
    stay();
    setAt(row);
    driver.pause();
    driver.seek({ atNs: target.atNs });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1);
    const next = nextByKey(event.key, active, rows.length, page);
    if (event.key === 'Enter' || event.key === ' ') goTo(active);
    else if (next === undefined) return;
    else {
      stay();
      setAt(next);
      list.scrollToIndex(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  if (rows.length === 0) return <p className="log-rows note">No event fits.</p>;
  return (
    <div
      ref={scroller}
      className="log-rows"
      data-trace={isTrace}
      role="listbox"
      aria-label="Events of both machines, newest last"
      aria-activedescendant={`log-row-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onWheel={stay}
      onTouchMove={stay}
    >
      <div className="log-sizer" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <Row
            key={`${rows[index]!.machine}${rows[index]!.n}`}
            row={rows[index]!}
            place={{ index, of: rows.length, isActive: index === active, isAhead: index >= past }}
            style={{ transform: `translateY(${start}px)`, height: rowPx }}
            isTrace={isTrace}
            twin={twin}
            onClick={() => goTo(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: LogRow;
  readonly place: {
    readonly index: number;
    readonly of: number;
    readonly isActive: boolean;
    readonly isAhead: boolean;
  };
  readonly style: CSSProperties;
  readonly isTrace: boolean;
  readonly twin: Twin | undefined;
  readonly onClick: () => void;
}

function Row({ row, place: { index, of, isActive, isAhead }, style, isTrace, twin, onClick }: RowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
    <div
      id={`log-row-${index}`}
      role="option"
      aria-selected={isActive}
      aria-setsize={of}
      aria-posinset={index + 1}
      className={isAhead ? 'log-row log-ahead' : 'log-row'}
      style={style}
      onClick={onClick}
    >
      <b className="log-machine">{row.machine}</b>
      <time>{micros(row.atNs)}</time>
      <span className="log-who">{whoOf(row, twin)}</span>
      <span className={row.printed ? 'log-says log-printed' : 'log-says'}>{rowText(row, isTrace)}</span>
    </div>
  );
}

/** Where a key leads in a list of `count`; undefined for a key that means nothing here. */
function nextByKey(key: string, at: number, count: number, page: number): number | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -count, End: count }[key];
  return step === undefined ? undefined : Math.max(0, Math.min(count - 1, at + step));
}
