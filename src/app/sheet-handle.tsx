import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { nearestStop, SHEET_STOPS, type SheetStop, sheetStop, showStop } from './sheet-stops.ts';

const WORDS: Readonly<Record<SheetStop, string>> = {
  tabs: 'closed',
  half: 'half the screen',
  full: 'all of the screen',
};
/** A finger that rests is never quite still. */
const TAP_PX = 6;

/** The grip of the sheet on a phone: dragged, tapped, or moved with the arrow keys, it comes to rest at three heights. */
export function SheetHandle() {
  const { store } = useParts();
  const stop = useApp(sheetStop);
  const drag = useRef<{ readonly fromY: number; readonly fromPx: number; hasMoved: boolean }>(undefined);
  const at = SHEET_STOPS.indexOf(stop);
  const show = (next: SheetStop | undefined) => next && showStop(store, next);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const panel = [...event.currentTarget.closest('main')!.querySelectorAll('.rail, .dock')];
    const fromPx = panel.reduce((most, one) => Math.max(most, one.getBoundingClientRect().height), 0);
    drag.current = { fromY: event.clientY, fromPx, hasMoved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const { current } = drag;
    if (!current) return;
    const upPx = current.fromY - event.clientY;
    if (!current.hasMoved && Math.abs(upPx) < TAP_PX) return;
    if (!current.hasMoved) show('half'); // something to pull on, and a picture above it
    current.hasMoved = true;
    event.currentTarget.closest('main')!.style.setProperty('--sheet', `${Math.max(0, current.fromPx + upPx)}px`);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const { current } = drag;
    drag.current = undefined;
    if (!current) return;
    const main = event.currentTarget.closest('main')!;
    main.style.removeProperty('--sheet');
    if (current.hasMoved) show(nearestStop(current.fromPx + current.fromY - event.clientY, main.clientHeight));
    else show(stop === 'tabs' ? 'half' : 'tabs');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowUp: SHEET_STOPS[at + 1],
      ArrowDown: SHEET_STOPS[at - 1],
      Home: SHEET_STOPS[0],
      End: SHEET_STOPS.at(-1),
      Enter: stop === 'tabs' ? SHEET_STOPS[1] : SHEET_STOPS[0],
    }[event.key];
    if (next === undefined && !/^(Arrow(Up|Down)|Home|End|Enter)$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // Home would go to the start of the run
    show(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line between two parts that can be moved is no <hr>
    <div
      className="sheet-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Height of the sheet"
      aria-valuemin={0}
      aria-valuemax={SHEET_STOPS.length - 1}
      aria-valuenow={at}
      aria-valuetext={WORDS[stop]}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  );
}
