import { useEffect, useRef } from 'react';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { group, seconds } from '../views/shared/format.ts';

/** Virtual time, and under it of how much, or the event it stands at; written past React: it changes with every frame. */
export function Clock() {
  const { feed, history, store } = useParts();
  const untilS = useApp((s) => s.scenario?.untilS);
  const byEvent = useApp((s) => s.stepKind === 'event');
  const machine = useApp((s) => s.machine);
  const time = useRef<HTMLSpanElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const twin = feed.latest();
      if (!twin || !time.current || !place.current) return;
      time.current.textContent = seconds(twin.atNs);
      const { machine: id } = store.getState();
      const events = `${group(twin[id].eventsDone)} of ${group(history.furthestEvents[id])}`;
      place.current.textContent = byEvent ? events : `of ${untilS ?? 0} s`;
    };
    void machine; // whose events
    write();
    return feed.subscribe(write);
  }, [feed, history, store, untilS, byEvent, machine]);
  return (
    <span className="clock">
      <span className="clock-time">
        <span ref={time} data-testid="clock">
          0.000
        </span>{' '}
        s
      </span>
      <span className="clock-place" data-testid="clock-place">
        {byEvent && <span className="clock-words">{machine} event </span>}
        <span ref={place} />
      </span>
    </span>
  );
}
