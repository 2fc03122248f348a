import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';
import { encodeLink } from '../formats/link.ts';
import { SCENES } from '../scenarios/registry.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';

// npm run bench:ui: what drawing costs, in Chromium on the built page. --json prints one object per line.

/** One line of the table. */
interface Figure {
  readonly goal: string;
  readonly unit: string;
  readonly ours: number;
}

const MEASURE_MS = 6000;
const PAGES_PER_MIB = 256;

/** Two machines whose memory of `memoryMib` is full of page cache: a reader fills it within seconds. */
function fullMemory(memoryMib: number): Scenario {
  return {
    ...seekyVsRange,
    id: 'bench-ui',
    knobs: {
      ...seekyVsRange.knobs,
      'machine.memory_mib': memoryMib,
      'workload.file_mib': memoryMib,
      'workload.reads_per_s': (memoryMib * PAGES_PER_MIB) / 10,
    },
  };
}

/** The page at a moment when the lists are full, playing. */
async function openPlaying(browser: Browser, url: string, memoryMib: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript('globalThis.__name = (named) => named'); // what tsx wraps named functions in
  const place = { atNs: 14e9, eventsDone: Number.MAX_SAFE_INTEGER };
  const link = encodeLink(
    {
      model: MODEL_VERSION,
      scenario: fullMemory(memoryMib),
      place: { A: place, B: place },
      speed: 1,
      playing: true,
      selected: 'A',
      layout: {},
    },
    SCENES,
  );
  await page.goto(`${url}${link}`);
  await page.locator('main[data-status="playing"]').waitFor({ timeout: 180_000 });
  return page;
}

interface Cost {
  readonly framesPerS: number;
  readonly mainMsPerFrame: number;
  readonly cells: number;
}

/** Animation frames and main-thread time while the page plays. */
async function costOf(page: Page): Promise<Cost> {
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
  const cells = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('canvas.strip')].reduce(
      (sum, { width, height }) => sum + width * height,
      0,
    ),
  );
  return { framesPerS: (frames * 1000) / elapsedMs, mainMsPerFrame: mainMs / frames, cells };
}

async function* measure(browser: Browser, url: string): AsyncGenerator<Figure> {
  for (const memoryMib of [64, 1024]) {
    const page = await openPlaying(browser, url, memoryMib);
    const { framesPerS, mainMsPerFrame, cells } = await costOf(page);
    const name = `playing 2 x ${memoryMib * PAGES_PER_MIB} page frames (${cells} cells drawn)`;
    yield { goal: name, unit: 'frames/s', ours: framesPerS };
    yield { goal: name, unit: 'ms of main thread per frame', ours: mainMsPerFrame };
    await page.close();
  }
}

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const executablePath = process.env.CHROME_PATH;
  const server = await preview({ preview: { port: 4175, strictPort: false, open: false }, logLevel: 'silent' });
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for await (const figure of measure(browser, server.resolvedUrls!.local[0]!)) {
      const { goal, unit, ours } = figure;
      const line = asJson ? JSON.stringify(figure) : `${`${goal} (${unit})`.padEnd(98)} ${ours.toPrecision(3)}`;
      process.stdout.write(`${line}\n`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
