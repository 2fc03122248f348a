import { gzipSync } from 'node:zlib';
import { newDesk, type Shown } from '../built-page.ts';
import type { Figure } from './figure.ts';

const KB = 1000;

/** From the request for the page to the first change of what it shows; and the scripts it takes, as a host sends them. */
export async function* loading({ browser, url }: Shown): AsyncGenerator<Figure> {
  const page = await newDesk(browser);
  const scripts = new Map<string, number>();
  page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || !response.ok()) return;
    scripts.set(pathname, gzipSync(await response.body()).length);
  });
  await page.addInitScript(() => {
    const shown = window as unknown as { __movedMs?: number };
    const look = () => {
      const clock = document.querySelector('[data-testid="clock"]')?.textContent;
      const first = document.querySelector('main[data-status="playing"]') ? clock : undefined;
      if (first !== undefined && Number(first) > 0) shown.__movedMs = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  const moved = await page.waitForFunction(() => (window as unknown as { __movedMs?: number }).__movedMs);
  const movedMs = (await moved.jsonValue())!;
  yield {
    goal: 'first motion after the request for the page',
    unit: 's',
    ours: movedMs / 1000,
    ceiling: 1,
  };
  // The page's own script, and all that a browser has to have before it can run it: as the host's HTML names them.
  const html = await (await page.request.get(url)).text();
  const first = [...scripts.keys()].filter((path) => html.includes(path.slice(1)));
  await page.waitForLoadState('networkidle');
  const sizeOf = (paths: readonly string[]) => paths.reduce((sum, path) => sum + (scripts.get(path) ?? 0), 0) / KB;
  const machine = [...scripts.keys()].filter((path) => path.includes('engine.worker'));
  yield { goal: 'scripts of the first view', unit: 'KB gzipped', ours: sizeOf(first), ceiling: 150 };
  yield { goal: 'script of a machine', unit: 'KB gzipped', ours: sizeOf(machine), ceiling: 40 };
  await page.close();
}
