import './tooltip.css';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useApp, useParts, useReading } from '../views/shared/app-context.ts';
import { wordsOf } from '../views/shared/thing-words.ts';

/** What is under the pointer, in words beside it. For the ear the picture itself says it. */
export function Tooltip() {
  const { history } = useParts();
  const thing = useApp((s) => s.hovered);
  const pointer = useApp((s) => s.pointer);
  const words = useReading(
    (twin) => (twin && pointer ? wordsOf(thing, pointer.machine, twin, history.requests) : undefined),
    0,
  );
  const ref = useRef<HTMLDivElement>(null);
  useInside(ref, words, pointer?.x ?? 0, pointer?.y ?? 0);
  if (!words || !pointer) return null;
  const [first, ...rest] = words.split(' · ');
  return (
    <div ref={ref} className="tooltip" aria-hidden="true" data-testid="tooltip">
      <b>{first}</b>
      {rest.length > 0 && <span>{rest.join(' · ')}</span>}
    </div>
  );
}

const AWAY_PX = 14;

/** Beside the pointer, and never beyond the edge of the page. */
function useInside(ref: RefObject<HTMLElement | null>, words: string | undefined, x: number, y: number): void {
  useLayoutEffect(() => {
    const { current: box } = ref;
    if (!box || !words) return;
    const { offsetWidth, offsetHeight } = box;
    const left = Math.max(4, Math.min(x + AWAY_PX, window.innerWidth - offsetWidth - 4));
    const below = y + AWAY_PX + 4;
    const top = below + offsetHeight < window.innerHeight ? below : y - AWAY_PX - offsetHeight;
    box.style.transform = `translate(${left}px, ${Math.max(4, top)}px)`;
  }, [ref, words, x, y]);
}
