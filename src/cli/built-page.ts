import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';
import { encodeLink } from '../formats/link.ts';
import { SCENES } from '../scenarios/registry.ts';

/** The page as it ships, served as any static host would, and a Chromium to look at it. */
export interface Shown {
  readonly browser: Browser;
  readonly url: string;
}

/** Serves the built page while `act` runs. */
export async function withBuiltPage<T>(port: number, act: (shown: Shown) => Promise<T>): Promise<T> {
  const executablePath = process.env.CHROME_PATH;
  const server = await preview({ preview: { port, strictPort: false, open: false }, logLevel: 'silent' });
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    return await act({ browser, url: server.resolvedUrls!.local[0]! });
  } finally {
    await browser.close();
    await server.close();
  }
}

export const newDesk = async (browser: Browser): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript('globalThis.__name = (named) => named'); // what tsx wraps named functions in
  return page;
};

interface Opening {
  readonly atNs: number;
  /** As links have it: 0 is as fast as it can. */
  readonly speed: number;
}

/** Opens a scenario by a link, playing; `page` is new, so that its workers can be listened for before. */
export async function playLink(page: Page, url: string, scenario: Scenario, { atNs, speed }: Opening): Promise<void> {
  const place = { atNs, eventsDone: atNs === 0 ? 0 : Number.MAX_SAFE_INTEGER };
  const link = encodeLink(
    {
      model: MODEL_VERSION,
      scenario,
      place: { A: place, B: place },
      speed,
      playing: true,
      selected: 'A',
      layout: {},
    },
    SCENES,
  );
  await page.goto(`${url}${link}`);
  // A link that is refused never plays.
  const main = page.locator('main:is([data-status="playing"], [data-status="failed"])');
  await main.waitFor({ timeout: 300_000 });
  if ((await main.getAttribute('data-status')) === 'failed') {
    throw new Error(`The page refuses ${scenario.id}: ${await page.getByTestId('error').textContent()}`);
  }
}
