import { useEffect } from 'react';
import { useParts } from '../views/shared/app-context.ts';

const CALM_EVERY_MS = 500;
/** Thirty pictures a second, with room for a frame that comes early: a phone's battery and its two small cores. */
const PHONE_EVERY_MS = 30;

/** The only loop of the page: one turn per animation frame, fewer on a phone and where motion is unwelcome; none while hidden. */
export function useClock(): void {
  const { driver } = useParts();
  useEffect(() => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    const phone = window.matchMedia('(pointer: coarse) and (max-width: 700px)');
    const everyMs = () => (calm.matches ? CALM_EVERY_MS : phone.matches ? PHONE_EVERY_MS : 0);
    let frame = 0;
    let lastMs = Number.NEGATIVE_INFINITY;
    const tick = (nowMs: number) => {
      frame = requestAnimationFrame(tick);
      if (nowMs - lastMs < everyMs()) return;
      lastMs = nowMs;
      driver.turn();
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [driver]);
}
