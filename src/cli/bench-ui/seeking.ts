import type { Scenario } from '../../abi/scenario.ts';
import { seekyVsRange } from '../../scenarios/seeky-vs-range.ts';
import { newDesk, playLink, type Shown } from '../built-page.ts';
import type { Figure } from './figure.ts';

/** 100,000 pages and a little. */
const MEMORY_MIB = 400;
const RUN_S = 60;
const SEEKS = 100;
const P95_MS_MOST = 150;

/** The opening scene at the size of a small machine of its day: everything in it grows with the memory but the disk. */
const SCENARIO: Scenario = {
  ...seekyVsRange,
  id: 'bench-seek',
  untilS: RUN_S,
  knobs: {
    ...seekyVsRange.knobs,
    'machine.memory_mib': MEMORY_MIB,
    'workload.file_mib': MEMORY_MIB * 2,
  },
};

/** From asking for a time, anywhere in the run, to the page that says it stands there. */
export async function* seeking({ browser, url }: Shown): AsyncGenerator<Figure> {
  const page = await newDesk(browser);
  await playLink(page, url, SCENARIO, { atNs: 0, speed: 0 });
  await page.locator('main[data-status="idle"]').waitFor({ timeout: 600_000 });
  const tookMs = await page.evaluate(
    async ([seeks, runS]) => {
      const main = document.querySelector('main')!;
      const idle = () =>
        new Promise<void>((done) => {
          const watch = new MutationObserver(() => {
            if (main.dataset.status !== 'idle') return;
            watch.disconnect();
            done();
          });
          watch.observe(main, { attributes: true, attributeFilter: ['data-status'] });
        });
      const took: number[] = [];
      for (let seek = 1; seek <= seeks; seek++) {
        // The golden section spreads them evenly, each far from the one before.
        const at = ((seek * 0.618034) % 1) * runS;
        const began = performance.now();
        const there = idle();
        (window as unknown as { __reclaimscope: { seek(s: number): void } }).__reclaimscope.seek(at);
        await there;
        took.push(performance.now() - began);
      }
      return took.sort((a, b) => a - b);
    },
    [SEEKS, RUN_S] as const,
  );
  const goal = `seeking in ${RUN_S} s of 2 x ${MEMORY_MIB * 256} page frames`;
  yield { goal: `${goal}, median of ${SEEKS}`, unit: 'ms', ours: tookMs[SEEKS / 2]! };
  yield { goal: `${goal}, 95th of ${SEEKS}`, unit: 'ms', ours: tookMs[SEEKS * 0.95 - 1]!, ceiling: P95_MS_MOST };
  await page.close();
}
