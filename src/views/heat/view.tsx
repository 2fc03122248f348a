import '../shared/controls.css';
import './heat.css';
import { type KeyboardEvent, type PointerEvent, useCallback, useMemo, useState } from 'react';
import { STALL_KINDS, type StallKind } from '../../abi/frame.ts';
import type { History } from '../../store/history.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { useParts, useTwin } from '../shared/app-context.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { Spoken } from '../shared/spoken.tsx';
import { type Heat, stallHeat } from '../shared/stall-heat.ts';
import { type Draw, useCanvas } from '../shared/use-canvas.ts';
import { useRange } from '../shared/use-range.ts';
import { drawHeat } from './draw.ts';
import { type Cell, cellAt, cellByKey, columnsIn, plotsOf, timesOf } from './pick.ts';
import { cellText, digitGrid, heatText, KIND_NAMES } from './text.ts';

const EVERY_MS = 250;
/** Of the digits: with their labels they fit a mail. */
const DIGIT_COLUMNS = 60;

type Twins = { readonly A: Heat; readonly B: Heat };
function heatsOf({ stalls }: History, range: TimeRange, columns: number, kinds: readonly StallKind[]): Twins {
  return {
    A: stallHeat(stalls.A, range, columns, kinds),
    B: stallHeat(stalls.B, range, columns, kinds),
  };
}

/** Not one mean but every stall: when it ended, how long it had lasted. */
export default function HeatView() {
  const { history } = useParts();
  const [kinds, setKinds] = useState<readonly StallKind[]>(STALL_KINDS);
  const [isDigits, setDigits] = useState(false);
  const [said, setSaid] = useState('');
  const range = useRange();
  useTwin(EVERY_MS);
  const digits = heatsOf(history, range, DIGIT_COLUMNS, kinds);
  const toggle = (kind: StallKind) =>
    setKinds(STALL_KINDS.filter((one) => (one === kind ? !kinds.includes(one) : kinds.includes(one))));
  return (
    <div className="heat">
      <div className="heat-head" role="toolbar" aria-label="Which stalls">
        <span className="toggles">
          {STALL_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="toggle"
              aria-pressed={kinds.includes(kind)}
              onClick={() => toggle(kind)}
            >
              {KIND_NAMES[kind]}
            </button>
          ))}
        </span>
        <output className="heat-said">{said || 'Longer upwards, one column per time; light: few, black: none.'}</output>
        <span className="gap" />
        <button type="button" className="toggle" aria-pressed={isDigits} onClick={() => setDigits(!isDigits)}>
          Digits
        </button>
        <CopyButton label="Copy digits" text={() => digitGrid(digits.A, digits.B)} />
      </div>
      {isDigits ? (
        <pre className="heat-digits" data-testid="heat-digits">
          {digitGrid(digits.A, digits.B)}
        </pre>
      ) : (
        <Picture kinds={kinds} range={range} onSay={setSaid} />
      )}
      <Spoken text={heatText(digits.A, digits.B, kinds)} />
    </div>
  );
}

interface PictureProps {
  readonly kinds: readonly StallKind[];
  readonly range: TimeRange;
  readonly onSay: (text: string) => void;
}

function Picture({ kinds, range, onSay }: PictureProps) {
  const { driver, history } = useParts();
  const [cell, setCell] = useState<Cell | undefined>();
  const heats = useMemo(() => new HeatCache(kinds, range), [kinds, range]);
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette, history: past }) =>
      drawHeat(ctx, size, { ...heats.of(past, size.width), atNs: twin.atNs, cell, palette }),
    [heats, cell],
  );
  const ref = useCanvas(draw);
  const point = (next: Cell | undefined) => {
    setCell(next);
    onSay(next ? cellText(next, heats.of(history, ref.current?.clientWidth ?? 0)[next.machine]) : '');
  };
  const onPointer = (event: PointerEvent<HTMLCanvasElement>) => {
    const { clientWidth: width, clientHeight: height } = event.currentTarget;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const next = cellAt(event.clientX - left, event.clientY - top, plotsOf({ width, height }), columnsIn(width));
    if (JSON.stringify(next) !== JSON.stringify(cell)) point(next);
  };
  const goTo = (to: Cell) => {
    driver.pause();
    driver.seek({ atNs: timesOf(heats.of(history, ref.current?.clientWidth ?? 0)[to.machine], to.column).fromNs });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const from = cell ?? { machine: 'A', row: 5, column: 0 };
    const next = cellByKey(event.key, from, columnsIn(ref.current?.clientWidth ?? 0));
    if (next) point(cell ? next : from);
    else if ((event.key === 'Enter' || event.key === ' ') && cell) goTo(cell);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture with keys of its own
    <div className="heat-plot" role="application" aria-label="Heat map of stalls" tabIndex={0} onKeyDown={onKeyDown}>
      <canvas
        ref={ref}
        data-testid="heat"
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={() => point(undefined)}
        onClick={() => cell && goTo(cell)}
      />
    </div>
  );
}

/** Counting again is only for when there is something new to count. */
class HeatCache {
  private key = '';
  private last: Twins | undefined;
  private readonly kinds: readonly StallKind[];
  private readonly range: TimeRange;

  constructor(kinds: readonly StallKind[], range: TimeRange) {
    this.kinds = kinds;
    this.range = range;
  }

  of(history: History, width: number): Twins {
    const { stalls, samples } = history;
    const key = `${stalls.A.rows} ${stalls.B.rows} ${stalls.A.horizonNs} ${stalls.B.horizonNs} ${samples.A.cuts} ${width}`;
    if (this.last === undefined || key !== this.key) {
      this.key = key;
      this.last = heatsOf(history, this.range, columnsIn(width), this.kinds);
    }
    return this.last;
  }
}
