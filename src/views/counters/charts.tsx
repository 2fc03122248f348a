import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import { SAMPLED } from '../../abi/counters.ts';
import type { Ns } from '../../abi/units.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { seconds } from '../shared/format.ts';
import { canBeRate, columnOf } from '../shared/sampled.ts';
import { useRange } from '../shared/use-range.ts';
import { useWidth } from '../shared/use-width.ts';
import { Chart, TimeLabels, timeAt } from './chart.tsx';
import { seriesOf } from './series.ts';
import { readings } from './text.ts';

const EVERY_MS = 250;
const CHART_PX = 60;

interface ChartsProps {
  readonly names: readonly string[];
  readonly isRate: boolean;
  /** The time whose values are told, and where the pointer stands. */
  readonly readNs: Ns;
  readonly pointedNs: Ns | undefined;
  readonly onPoint: (atNs: Ns | undefined) => void;
}

/** One below the other, on one axis of time. */
export function Charts({ names, ...rest }: ChartsProps) {
  const range = useRange();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div className="counters-charts" ref={box}>
      {names.length === 0 && <p className="note">Choose a counter.</p>}
      {names.map((name) => (
        <Counter key={name} name={name} width={width} {...rest} />
      ))}
      {names.length > 0 && <TimeLabels width={width} range={range} />}
    </div>
  );
}

interface CounterProps extends Omit<ChartsProps, 'names'> {
  readonly name: string;
  readonly width: number;
}

function Counter({ name, width, isRate, readNs, pointedNs, onPoint }: CounterProps) {
  const { history } = useParts();
  const twin = useTwin(EVERY_MS);
  const range = useRange();
  const open = useApp((s) => s.openDefinition);
  const column = columnOf(name);
  const rate = isRate && canBeRate(SAMPLED[column]!);
  const of = (id: 'A' | 'B') => seriesOf(history.samples[id], column, range, rate, Math.max(50, width));
  return (
    <section className="counter" aria-label={name}>
      <h3>
        <button type="button" className="metric" onClick={() => open(name)} title={`What is ${name}?`}>
          {name}
          {rate ? ' /s' : ''}
        </button>
        <output>
          {readings(history, name, readNs, isRate)} at {seconds(readNs)} s
        </output>
      </h3>
      <Plot name={name} width={width} readNs={readNs} pointedNs={pointedNs} onPoint={onPoint}>
        {width > 0 && (
          <Chart
            width={width}
            height={CHART_PX}
            range={range}
            A={of('A')}
            B={of('B')}
            nowNs={twin?.atNs ?? 0}
            atNs={pointedNs}
          />
        )}
      </Plot>
    </section>
  );
}

interface PlotProps extends Pick<CounterProps, 'name' | 'width' | 'readNs' | 'pointedNs' | 'onPoint'> {
  readonly children: ReactNode;
}

/** Where a time is pointed at, and gone to. */
function Plot({ name, width, readNs, pointedNs, onPoint, children }: PlotProps) {
  const { driver } = useParts();
  const range = useRange();
  const pointed = ({ clientX, currentTarget }: MouseEvent<HTMLDivElement>) =>
    timeAt(clientX - currentTarget.getBoundingClientRect().left, width, range);
  const goTo = (atNs: Ns) => {
    driver.pause();
    driver.seek({ atNs });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (step !== undefined) {
      const next = readNs + (step * (range.toNs - range.fromNs)) / 200;
      onPoint(Math.round(Math.max(range.fromNs, Math.min(range.toNs, next))));
    } else if (event.key === 'Enter' && pointedNs !== undefined) goTo(pointedNs);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="counter-plot"
      role="application"
      aria-label={`${name} over time`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture with keys of its own
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onPoint(pointed(event))}
      onPointerLeave={() => onPoint(undefined)}
      onClick={(event) => goTo(pointed(event))}
    >
      {children}
    </div>
  );
}
