import { useEffect } from 'react';
import { useParts } from '../views/shared/app-context.ts';

const CALM_EVERY_MS = 500;

/** The only loop of the page: one turn per animation frame, two a second where motion is unwelcome; none while hidden. */
export function useClock(): void {
  const { driver } = useParts();
  useEffect(() => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    let frame = 0;
    let lastMs = Number.NEGATIVE_INFINITY;
    const tick = (nowMs: number) => {
      frame = requestAnimationFrame(tick);
      if (calm.matches && nowMs - lastMs < CALM_EVERY_MS) return;
      lastMs = nowMs;
      driver.turn();
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [driver]);
}
