import { Slider } from '@base-ui/react/slider';
import { positionOf, speedAt } from '../store/pace.ts';
import { useApp } from '../views/shared/app-context.ts';
import { speedText } from '../views/shared/format.ts';

/** Logarithmic, from a thousandth of real time to as fast as it can. */
export default function SpeedSlider() {
  const speed = useApp((s) => s.speed);
  const setSpeed = useApp((s) => s.setSpeed);
  return (
    <Slider.Root
      className="speed"
      value={positionOf(speed)}
      min={0}
      max={100}
      onValueChange={(position) => setSpeed(speedAt(Array.isArray(position) ? (position[0] ?? 0) : position))}
    >
      <span className="speed-text">{speedText(speed)}</span>
      <Slider.Control className="speed-control">
        <Slider.Track className="speed-track">
          <Slider.Thumb className="speed-thumb" aria-label="Speed" getAriaValueText={() => speedText(speed)} />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
