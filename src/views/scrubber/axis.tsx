import { AxisBottom } from '@visx/axis';
import { scaleLinear } from '@visx/scale';
import type { TimeRange } from '../../store/scrub.ts';

/** Seconds below the scrubber: the ends and the quarters of what is shown. */
export default function TimeAxis({ width, range, isWhole }: { width: number; range: TimeRange; isWhole: boolean }) {
  const fromS = range.fromNs / 1e9;
  const toS = range.toNs / 1e9;
  const scale = scaleLinear<number>({ domain: [fromS, toS], range: [0, width] });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => fromS + share * (toS - fromS));
  const digits = isWhole ? 2 : toS - fromS < 2 ? 3 : 2;
  const text = (value: number) => (isWhole ? String(Number(value.toFixed(digits))) : value.toFixed(digits));
  return (
    <svg width={width} height={18} aria-hidden="true" className="axis">
      <AxisBottom
        scale={scale}
        tickValues={ticks}
        hideAxisLine
        hideTicks
        tickFormat={(value) => (Number(value) === toS ? `${text(toS)} s` : text(Number(value)))}
        tickLabelProps={(_, i) => ({
          className: 'tick',
          textAnchor: i === 0 ? 'start' : i === ticks.length - 1 ? 'end' : 'middle',
          fontSize: 12,
          dy: '-0.1em',
        })}
      />
    </svg>
  );
}
