import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useMemo, useRef } from 'react';
import type { MachineFrame } from '../../abi/frame.ts';
import type { Spot, Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { useApp, useParts, useReading } from './app-context.ts';
import { type Lit, litIn } from './lit.ts';
import type { Look } from './look.ts';
import { Pointing } from './pointing.ts';
import { wordsOf } from './thing-words.ts';
import { type CssSize, type Draw, useCanvas } from './use-canvas.ts';

/** What is drawn at a point: a thing, or a place of which the machine knows the page. */
export type Pick = (x: number, y: number, size: CssSize, frame: MachineFrame) => Spot | Thing | undefined;
/** Frames what is lit; drawn over the picture, and only while something is. */
export type Marks = (
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  frame: MachineFrame,
  lit: readonly Lit[],
  palette: Look,
) => void;

/** A picture that the arrow keys walk through, thing by thing. */
export interface Walk {
  readonly label: string;
  readonly count: (frame: MachineFrame) => number;
  readonly at: (step: number, frame: MachineFrame) => Spot | Thing | undefined;
  /** The first step is at the right end: the next victim. */
  readonly fromEnd?: boolean;
}

interface InspectableProps {
  readonly machine: MachineId;
  readonly className?: string;
  readonly pick: Pick;
  readonly marks: Marks;
  readonly walk: Walk;
  readonly children: ReactNode;
}

/** A picture whose things can be pointed at and pinned, and are lit when another picture shows them. */
export function Inspectable({ machine, className = '', pick, marks, walk, children }: InspectableProps) {
  const { feed, history, store, driver } = useParts();
  const pointing = useMemo(() => new Pointing(store, driver, machine), [store, driver, machine]);
  const isAnyLit = useApp((s) => s.hovered !== undefined || s.pinned !== undefined);
  const step = useRef(0);
  const isFocused = useRef(false);
  const count = useReading((twin) => (twin ? walk.count(twin[machine]) : 0));
  const words = useReading((twin) =>
    twin && isFocused.current ? wordsOf(store.getState().hovered, machine, twin, history.requests) : undefined,
  );
  const pickAt = (event: PointerEvent<HTMLElement>) => {
    const frame = feed.latest()?.[machine];
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    // For a room to read from the page is enlarged; pictures reckon in their own pixels.
    const zoom = width / event.currentTarget.offsetWidth;
    const size = { width: width / zoom, height: height / zoom };
    return frame && pick((event.clientX - left) / zoom, (event.clientY - top) / zoom, size, frame);
  };
  const walkTo = (to: number, from: HTMLElement) => {
    const frame = feed.latest()?.[machine];
    if (!frame) return;
    step.current = Math.max(0, Math.min(walk.count(frame) - 1, to));
    const { left, bottom } = from.getBoundingClientRect();
    pointing.to(walk.at(step.current, frame), { machine, x: left, y: bottom });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const right = KEY_STEPS[event.key];
    const by = right === undefined || !walk.fromEnd ? right : -right;
    if (event.key === 'Enter') pointing.pinHovered();
    else if (event.key === 'Home') walkTo(0, event.currentTarget);
    else if (event.key === 'End') walkTo(Number.POSITIVE_INFINITY, event.currentTarget);
    else if (by !== undefined) walkTo(step.current + by * (event.shiftKey ? 32 : 1), event.currentTarget);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has other uses for these keys
  };
  return (
    <div
      className={`inspectable ${className}`}
      role="slider"
      tabIndex={0}
      aria-label={`${walk.label}, machine ${machine}`}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={Math.min(step.current, Math.max(0, count - 1))}
      aria-valuetext={words ?? `${count}`}
      onPointerMove={(event) =>
        event.pointerType !== 'touch' && pointing.to(pickAt(event), { machine, x: event.clientX, y: event.clientY })
      }
      onPointerLeave={() => pointing.to(undefined)}
      onClick={(event) => void pointing.pin(pickAt(event as unknown as PointerEvent<HTMLElement>))}
      onKeyDown={onKeyDown}
      onFocus={() => {
        isFocused.current = true;
      }}
      onBlur={() => {
        isFocused.current = false;
        pointing.to(undefined);
      }}
    >
      {children}
      {isAnyLit && <MarksLayer machine={machine} marks={marks} />}
    </div>
  );
}
const KEY_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

function MarksLayer({ machine, marks }: { readonly machine: MachineId; readonly marks: Marks }) {
  const hovered = useApp((s) => s.hovered);
  const pinned = useApp((s) => s.pinned);
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => marks(ctx, size, twin[machine], litIn(twin[machine], hovered, pinned), palette),
    [machine, marks, hovered, pinned],
  );
  return <canvas ref={useCanvas(draw)} className="marks" />;
}
