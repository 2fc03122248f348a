import type { Page } from '@playwright/test';
import type { Scenario } from '../../abi/scenario.ts';
import { seekyVsRange } from '../../scenarios/seeky-vs-range.ts';
import { newDesk, playLink, type Shown } from '../built-page.ts';
import type { Figure } from './figure.ts';
import { frameCost } from './main-thread.ts';

const PAGES_PER_MIB = 256;
const NS_PER_MS = 1e6;
/** The most that the knob takes; 14 s of them fill the largest memory too. */
const READS_PER_S_MOST = 100_000;

interface Size {
  readonly memoryMib: number;
  readonly mainMsMost: number;
}
const SIZES: readonly Size[] = [
  { memoryMib: 1024, mainMsMost: 8 },
  { memoryMib: 4096, mainMsMost: 14 },
];

/** Each picture of a screen that shows sixty, but for the one at which the count begins. */
const FRAMES_PER_S = 59.5;

/** Rects whose fill an SVG changes every frame: more than a browser can do in a frame's time, and each is paid for. */
const RECTS = 16_384;
const TIMES_CHEAPER = 200;

/** Two machines whose memory of `memoryMib` is full of page cache: a reader fills it within seconds. */
function fullMemory(memoryMib: number): Scenario {
  return {
    ...seekyVsRange,
    id: 'bench-ui',
    knobs: {
      ...seekyVsRange.knobs,
      'machine.memory_mib': memoryMib,
      'workload.file_mib': memoryMib,
      'workload.reads_per_s': Math.min(READS_PER_S_MOST, (memoryMib * PAGES_PER_MIB) / 10),
    },
  };
}

/** Cells and frames: what one costs with everything around it, and what an SVG would have cost in the same browser. */
export async function* drawing({ browser, url }: Shown): AsyncGenerator<Figure> {
  const cellNs: number[] = [];
  for (const { memoryMib, mainMsMost } of SIZES) {
    const page = await newDesk(browser);
    await playLink(page, url, fullMemory(memoryMib), { atNs: 14e9, speed: 1 });
    const { framesPerS, mainMsPerFrame } = await frameCost(page);
    const pages = 2 * memoryMib * PAGES_PER_MIB;
    const goal = `playing 2 x ${pages / 2} page frames`;
    yield { goal, unit: 'frames/s', ours: framesPerS, ...(mainMsMost === 8 ? { floor: FRAMES_PER_S } : {}) };
    yield { goal, unit: 'ms of main thread per frame', ours: mainMsPerFrame, ceiling: mainMsMost };
    cellNs.push((mainMsPerFrame * NS_PER_MS) / pages);
    await page.close();
  }
  const rectNs = await svgRectNs(await newDesk(browser));
  const ratio = rectNs / Math.max(...cellNs);
  yield { goal: 'one SVG rect recoloured each frame', unit: 'ns of main thread', ours: rectNs };
  yield { goal: 'one page frame, cheaper than an SVG rect', unit: 'times', ours: ratio, floor: TIMES_CHEAPER };
}

async function svgRectNs(page: Page): Promise<number> {
  await page.goto('about:blank');
  await page.evaluate((count) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('width', '1024');
    svg.setAttribute('height', '800');
    const rects = Array.from({ length: count }, (_, at) => {
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [name, value] of [
        ['x', (at % 128) * 8],
        ['y', Math.floor(at / 128) * 6],
        ['width', 7],
        ['height', 5],
      ] as const)
        rect.setAttribute(name, String(value));
      svg.append(rect);
      return rect;
    });
    document.body.append(svg);
    const colours = ['#444', '#888', '#ccc'];
    let frame = 0;
    const recolour = () => {
      frame++;
      rects.forEach((rect, at) => {
        rect.setAttribute('fill', colours[(at + frame) % colours.length]!);
      });
      requestAnimationFrame(recolour);
    };
    requestAnimationFrame(recolour);
  }, RECTS);
  const { mainMsPerFrame } = await frameCost(page);
  await page.close();
  return (mainMsPerFrame * NS_PER_MS) / RECTS;
}
