import type { Page } from '@playwright/test';

const MEASURE_MS = 6000;

export interface FrameCost {
  readonly framesPerS: number;
  readonly mainMsPerFrame: number;
}

/** Animation frames, and what the main thread worked for them: script, style, layout and painting (CDP's TaskDuration). */
export async function frameCost(page: Page): Promise<FrameCost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const taskS = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const beforeS = await taskS();
  const [frames, elapsedMs] = await page.evaluate(
    (ms) =>
      new Promise<[number, number]>((resolve) => {
        const began = performance.now();
        let count = 0;
        const onFrame = () => {
          count++;
          const elapsed = performance.now() - began;
          if (elapsed < ms) requestAnimationFrame(onFrame);
          else resolve([count, elapsed]);
        };
        requestAnimationFrame(onFrame);
      }),
    MEASURE_MS,
  );
  const mainMs = ((await taskS()) - beforeS) * 1000;
  await session.detach();
  return { framesPerS: (frames * 1000) / elapsedMs, mainMsPerFrame: mainMs / frames };
}
