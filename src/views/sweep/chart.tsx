import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import { Area, LinePath } from '@visx/shape';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import { MACHINES } from '../../store/feed.ts';
import { describeMetric } from '../shared/derived-metrics.ts';
import { short } from '../shared/format.ts';
import type { SweepPlan } from './plan.ts';
import { type Point, type Summary, summariesOf } from './results.ts';
import { labelled, placesOf } from './scale.ts';

const LEFT = 46;
const RIGHT = 16;
const TOP = 10;
const BOTTOM = 22;
const LETTER_PX = 7.4;
/** A and B of one value stand beside each other rather than on top. */
const BESIDE_PX = 3;

export interface ChartProps {
  readonly plan: SweepPlan;
  readonly points: readonly Point[];
  readonly metric: string;
  readonly width: number;
  readonly height: number;
  /** Index in the plan's values of what the scene has, where it is one of them. */
  readonly home: number | undefined;
  readonly onOpen: (value: number, seed: number) => void;
}

/** One figure over the knob: a point per run, the seeds' median as a line (A solid, B dashed), their spread as a band. */
export function Chart({ plan, points, metric, width, height, home, onOpen }: ChartProps) {
  const wide = Math.max(40, width - LEFT - RIGHT);
  const high = height - TOP - BOTTOM;
  const places = placesOf(plan.values, wide);
  const top = Math.max(...points.map(({ y }) => y), 0);
  const y = scaleLinear<number>({ domain: [0, top || 1], range: [high, 0], nice: 3 });
  const { label = metric, unit = '' } = describeMetric(metric) ?? {};
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset
    <svg
      width={width}
      height={height}
      role="group"
      aria-label={`${label}${unit && `, ${unit}`} over ${plan.path}`}
      className="sweep-chart"
    >
      <g transform={`translate(${LEFT} ${TOP})`}>
        {home !== undefined && <line className="home" x1={places[home]} x2={places[home]} y1={-TOP} y2={high} />}
        {MACHINES.map((machine) => (
          <Line key={machine} machine={machine} rows={summariesOf(points, machine)} places={places} yOf={y} />
        ))}
        <Points {...{ plan, points, places, yOf: y, label, onOpen }} />
        <AxisLeft
          scale={y}
          numTicks={3}
          hideTicks
          axisClassName="axis"
          tickFormat={(v) => tickText(Number(v))}
          tickLabelProps={TICK_LEFT}
        />
        <Values plan={plan} places={places} wide={wide} high={high} />
      </g>
    </svg>
  );
}

/** As many digits as tell the ticks apart, also where all of them are small. */
const tickText = (value: number): string => (value >= 100 ? short(value) : String(Number(value.toPrecision(2))));

const TICK_LEFT = { className: 'tick', textAnchor: 'end', dx: -4, dy: '0.33em', fontSize: 12 } as const;

function Values(props: {
  readonly plan: SweepPlan;
  readonly places: readonly number[];
  readonly wide: number;
  readonly high: number;
}) {
  const { plan, places, wide, high } = props;
  const words = plan.values.map((value) => (typeof value === 'number' ? short(value) : String(value)));
  const shown = labelled(
    places,
    words.map((word) => word.length * LETTER_PX),
    6,
  );
  const scale = scaleLinear<number>({ domain: [0, wide], range: [0, wide] });
  const wordAt = new Map(shown.map((i) => [places[i]!, words[i]!]));
  return (
    <AxisBottom
      scale={scale}
      top={high}
      tickValues={[...wordAt.keys()]}
      tickLength={4}
      axisClassName="axis"
      tickFormat={(at) => wordAt.get(Number(at)) ?? ''}
      tickLabelProps={{ className: 'tick', textAnchor: 'middle', dy: '0.2em', fontSize: 12 }}
    />
  );
}

type Scale = (value: number) => number | undefined;
const at = (scale: Scale, value: number): number => scale(value) ?? 0;

function Line(props: {
  readonly machine: MachineId;
  readonly rows: readonly Summary[];
  readonly places: readonly number[];
  readonly yOf: Scale;
}) {
  const { machine, rows, places, yOf } = props;
  const data = [...rows];
  const x = ({ value }: Summary) => places[value] ?? 0;
  return (
    <g className={`of-${machine}`}>
      <Area data={data} x={x} y0={(row) => at(yOf, row.min)} y1={(row) => at(yOf, row.max)} className="spread" />
      <LinePath data={data} x={x} y={(row) => at(yOf, row.median)} className="median" />
    </g>
  );
}

/** One stop for the Tab key; arrows go from run to run, Enter opens one. */
function Points(props: {
  readonly plan: SweepPlan;
  readonly points: readonly Point[];
  readonly places: readonly number[];
  readonly yOf: Scale;
  readonly label: string;
  readonly onOpen: (value: number, seed: number) => void;
}) {
  const { plan, places, yOf, label, onOpen } = props;
  const points = [...props.points].sort(
    (p, q) => p.value - q.value || p.seed - q.seed || (p.machine < q.machine ? -1 : 1),
  );
  const [current, setCurrent] = useState(0);
  const group = useRef<SVGGElement>(null);
  const go = (to: number) => {
    const index = Math.max(0, Math.min(points.length - 1, to));
    setCurrent(index);
    group.current?.querySelectorAll<SVGGElement>('[role="button"]')[index]?.focus();
  };
  const onKey = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const point = points[index];
    if (step !== undefined) go(index + step);
    else if ((event.key === 'Enter' || event.key === ' ') && point) onOpen(point.value, point.seed);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g ref={group}>
      {points.map((point, i) => {
        const { value, seed, machine, y } = point;
        const says = `${plan.path} ${plan.values[value]}, seed ${seed}, ${machine}: ${label} ${short(y)}. Open this run`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: SVG has no button
          <g
            key={`${value} ${seed} ${machine}`}
            role="button"
            tabIndex={i === Math.min(current, points.length - 1) ? 0 : -1}
            aria-label={says}
            className={`point of-${machine}`}
            transform={`translate(${(places[value] ?? 0) + (machine === 'A' ? -BESIDE_PX : BESIDE_PX)} ${at(yOf, y)})`}
            onClick={() => onOpen(value, seed)}
            onKeyDown={(event) => onKey(event, i)}
          >
            <title>{says}</title>
            <circle r={8} className="reach" />
            <circle r={3} />
          </g>
        );
      })}
    </g>
  );
}
