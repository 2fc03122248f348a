import { AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { scaleLinear } from '@visx/scale';
import { LinePath } from '@visx/shape';
import type { Ns } from '../../abi/units.ts';
import type { TimeRange } from '../../store/scrub.ts';
import { short } from '../shared/format.ts';
import type { Point } from './series.ts';

export const LEFT = 58;
/** Of the letters at the ends of the lines. */
const RIGHT = 18;
const TOP = 6;
const BOTTOM = 4;

export interface ChartProps {
  readonly width: number;
  readonly height: number;
  readonly range: TimeRange;
  readonly A: readonly Point[];
  readonly B: readonly Point[];
  readonly nowNs: Ns;
  /** Where the pointer is. */
  readonly atNs: Ns | undefined;
}

/** One counter over time: A solid, B dashed, each with its letter where it ends. */
export function Chart({ width, height, range, A, B, nowNs, atNs }: ChartProps) {
  const most = [...A, ...B].reduce((max, { value }) => Math.max(max, value), 0) || 1;
  const x = scaleLinear<number>({ domain: [range.fromNs, range.toNs], range: [LEFT, width - RIGHT] });
  const y = scaleLinear<number>({ domain: [0, most], range: [height - BOTTOM, TOP], nice: 3 });
  const ticks = y.ticks(3).filter(Number.isInteger);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <GridRows scale={y} tickValues={ticks} left={LEFT} width={width - LEFT - RIGHT} className="counter-grid" />
      <AxisLeft
        scale={y}
        left={LEFT}
        tickValues={ticks}
        hideAxisLine
        hideTicks
        tickFormat={(value) => short(Number(value))}
        tickLabelProps={() => ({ className: 'tick', textAnchor: 'end', dx: -6, dy: '0.32em' })}
      />
      {[nowNs, atNs].map((time, kind) =>
        time === undefined || time < range.fromNs || time > range.toNs ? null : (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: one is now, the other the pointer
            key={kind}
            className={kind === 0 ? 'counter-now' : 'counter-pointer'}
            x1={x(time)}
            x2={x(time)}
            y1={0}
            y2={height}
          />
        ),
      )}
      {(['A', 'B'] as const).map((id) => (
        <LinePath
          key={id}
          className={`counter-line counter-${id}`}
          data={[...(id === 'A' ? A : B)]}
          x={({ atNs: time }) => x(time)}
          y={({ value }) => y(value)}
        />
      ))}
      <Letters A={A} B={B} x={x} y={y} />
    </svg>
  );
}

/** Apart from each other, also where the lines end at one height. */
const LETTER_PX = 13;

function Letters({
  A,
  B,
  x,
  y,
}: Pick<ChartProps, 'A' | 'B'> & { readonly x: (ns: Ns) => number; readonly y: (value: number) => number }) {
  const [a, b] = [A.at(-1), B.at(-1)];
  if (!a || !b) return null;
  let [ya, yb] = [y(a.value), y(b.value)];
  if (Math.abs(ya - yb) < LETTER_PX) {
    const middle = Math.min(y(0) - LETTER_PX / 2, Math.max(LETTER_PX, (ya + yb) / 2));
    const half = ya <= yb ? LETTER_PX / 2 : -LETTER_PX / 2;
    [ya, yb] = [middle - half, middle + half];
  }
  return (
    <>
      <text className="counter-letter" x={x(a.atNs) + 4} y={ya} dy="0.32em">
        A
      </text>
      <text className="counter-letter" x={x(b.atNs) + 4} y={yb} dy="0.32em">
        B
      </text>
    </>
  );
}

/** Seconds below the charts. */
export function TimeLabels({ width, range }: { readonly width: number; readonly range: TimeRange }) {
  return (
    <div
      className="counter-times"
      style={{ marginLeft: LEFT, width: Math.max(0, width - LEFT - RIGHT) }}
      aria-hidden="true"
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => {
        const seconds = (range.fromNs + share * (range.toNs - range.fromNs)) / 1e9;
        return <span key={share}>{`${Number(seconds.toPrecision(5))}${share === 1 ? ' s' : ''}`}</span>;
      })}
    </div>
  );
}

/** Pointer to virtual time. */
export function timeAt(x: number, width: number, { fromNs, toNs }: TimeRange): Ns {
  const share = Math.min(1, Math.max(0, (x - LEFT) / Math.max(1, width - LEFT - RIGHT)));
  return Math.round(fromNs + share * (toNs - fromNs));
}
