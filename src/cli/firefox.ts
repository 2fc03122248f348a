import { parseArgs } from 'node:util';
import puppeteer, { type Page } from 'puppeteer-core';
import { preview } from 'vite';
import { GOLDEN, type Golden } from '../abi/golden.ts';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';
import { encodeLink } from '../formats/link.ts';
import { SCENES } from '../scenarios/registry.ts';

// npm run firefox -- [--scene ID] [--screenshot FILE.png]: each scene is opened by a link in Firefox, over WebDriver BiDi, and
// must come to the hashes that Node and Chromium come to (decision 3). Exit 1 where one differs.

const START = { atNs: 0, eventsDone: 0 };
const OPENS_WITHIN_MS = 120_000;

/** The scene, standing still at its start. */
const linkTo = (scenario: Scenario): string =>
  encodeLink(
    {
      model: MODEL_VERSION,
      scenario,
      place: { A: START, B: START },
      speed: 1,
      playing: false,
      selected: 'A',
      layout: {},
    },
    SCENES,
  );

async function hashesOf(page: Page, url: string, scene: Scenario, { untilS }: Golden): Promise<string> {
  // Another fragment alone would not load the page again.
  await page.goto('about:blank');
  await page.goto(`${url}${linkTo(scene)}`);
  const isIdle = () => page.waitForSelector('main[data-status="idle"]', { timeout: OPENS_WITHIN_MS });
  await isIdle();
  await page.evaluate(`window.__reclaimscope.seek(${untilS})`);
  await isIdle();
  return (await page.evaluate(
    `window.__reclaimscope.hashes().then((both) => both.ok ? both.value.A + ' ' + both.value.B : JSON.stringify(both.error))`,
  )) as string;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { scene: { type: 'string' }, screenshot: { type: 'string' } } });
  const scenes = SCENES.filter(({ id }) => values.scene === undefined || id === values.scene);
  if (scenes.length === 0) {
    process.stderr.write(`There is no scene "${values.scene}"; allowed: ${SCENES.map(({ id }) => id).join(', ')}.\n`);
    return 2;
  }
  const server = await preview({ preview: { port: 4178, strictPort: false, open: false }, logLevel: 'silent' });
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? 'firefox',
    headless: true,
    // Set by its command line: Debian's Firefox knows no command for it.
    defaultViewport: null,
    args: ['--width=1440', '--height=900'],
  });
  let differ = 0;
  try {
    const page = await browser.newPage();
    for (const scene of scenes) {
      const golden = GOLDEN[scene.id];
      if (golden === undefined) continue;
      const found = await hashesOf(page, server.resolvedUrls!.local[0]!, scene, golden);
      const isSame = found === `${golden.A} ${golden.B}`;
      if (!isSame) differ++;
      process.stdout.write(`${isSame ? 'same' : 'DIFFERS'}  ${scene.id} after ${golden.untilS} s: ${found}\n`);
      if (values.screenshot !== undefined && scene === scenes[0])
        await page.screenshot({ path: values.screenshot as `${string}.png` });
    }
    process.stdout.write(`${await browser.version()}: ${scenes.length - differ} of ${scenes.length} scenes the same\n`);
  } finally {
    await browser.close();
    await server.close();
  }
  return differ === 0 ? 0 : 1;
}

process.exitCode = await main();
