import { AxisBottom } from '@visx/axis';
import { scaleLinear } from '@visx/scale';

/** Seconds below the scrubber: the ends and the quarters. */
export default function TimeAxis({ width, untilS }: { readonly width: number; readonly untilS: number }) {
  const scale = scaleLinear<number>({ domain: [0, untilS], range: [0, width] });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * untilS * 100) / 100);
  return (
    <svg width={width} height={18} aria-hidden="true" className="axis">
      <AxisBottom
        scale={scale}
        tickValues={ticks}
        hideAxisLine
        hideTicks
        tickFormat={(value) => (Number(value) === untilS ? `${untilS} s` : String(value))}
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
