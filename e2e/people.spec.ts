import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { violations } from './eyes.ts';
import { clockSeconds, complaints, isIdle, isPlaying, openPaused, place, seek } from './screen.ts';

test.describe('for a room', () => {
  test.use({ viewport: { width: 1920, height: 1080 } });

  test('large type without knobs, a clicker that plays and goes back, the mode in the link', async ({ page }) => {
    await openPaused(page);
    await seek(page, 14);
    await page.keyboard.press('Shift+P');
    await expect(page.locator('.rail-left')).toBeHidden();
    await expect(page.locator('.lanes > .watch')).toBeVisible();
    const size = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(await size('.numbers td:nth-child(2)')).toBe(28);
    // Canvases have the pixels that they are shown with: the letters in them are as sharp as the others.
    const pixels = await page.getByTestId('disk-A').evaluate((canvas: HTMLCanvasElement) => ({
      has: canvas.width,
      shown: canvas.getBoundingClientRect().width,
    }));
    expect(Math.abs(pixels.has - pixels.shown)).toBeLessThan(2);

    await page.keyboard.press('PageDown');
    await isPlaying(page);
    await page.keyboard.press('PageDown');
    await isIdle(page);
    const at = await clockSeconds(page);
    await page.getByTestId('scrubber').focus(); // where a click may have left the focus
    await page.keyboard.press('PageUp');
    await isIdle(page);
    await expect.poll(() => clockSeconds(page)).toBeCloseTo(at - 1, 1);

    const link = await page.evaluate(() => window.__reclaimscope?.link());
    await page.keyboard.press('Shift+P');
    await expect(page.locator('.rail-left')).toBeVisible();
    await page.goto('about:blank');
    await page.goto(link!);
    await isIdle(page);
    await expect(page.locator('.rail-left')).toBeHidden();
  });
});

test.describe('in a frame of another page', () => {
  test.use({ viewport: { width: 640, height: 360 }, permissions: ['clipboard-read', 'clipboard-write'] });

  test('strips, disk and a play button; the way to the whole page at the same place', async ({ page, context }) => {
    await openPaused(page, './?embed');
    await seek(page, 13);
    for (const id of ['strip-A-inactive_file', 'strip-B-inactive_file', 'disk-A', 'disk-B'])
      await expect(page.getByTestId(id)).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.top-bar, .rail, .transport')).toHaveCount(0);
    await page.getByRole('button', { name: 'Play' }).click();
    await isPlaying(page);
    await page.getByRole('button', { name: 'Pause' }).click();
    await isIdle(page);
    const here = await place(page);
    const link = page.getByRole('link', { name: 'Open' });
    const hash = new URL((await page.evaluate(() => window.__reclaimscope?.link()))!).hash;
    await expect(link).toHaveAttribute('href', new RegExp(`${hash.slice(-20)}$`));
    const [whole] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await isIdle(whole);
    await expect(whole.locator('.top-bar')).toBeVisible();
    expect(await place(whole)).toEqual(here);
  });
});

test.describe('export', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a view as PNG and as SVG, the events and what they came to, a loop as WebM, the code of a frame', async ({
    page,
  }) => {
    const wrong = complaints(page);
    await openPaused(page);
    await seek(page, 14);
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('combobox', { name: 'Picture of' }).click();
    await page.getByRole('option', { name: 'Disk of A' }).click();
    const save = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: button, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
    };
    const { width } = (await page.locator('.lane[data-machine="A"] .disk').boundingBox())!;

    const png = await save('PNG');
    expect(png.name).toBe('reclaimscope-seeky-vs-range-disk-of-a-14.000s.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(Math.abs(png.bytes.readUInt32BE(16) - 2 * (width + 28))).toBeLessThanOrEqual(4);

    // In a page without a content policy: a parsed document has that of the page it was parsed in.
    const blank = await page.context().newPage();
    const saveSvg = async () =>
      blank.evaluate((text) => {
        const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
        const words = [...documentElement.querySelectorAll('text')].map((one) => one.textContent);
        return { tag: documentElement.tagName, words, shapes: documentElement.querySelectorAll('rect, path').length };
      }, (await save('SVG')).bytes.toString());
    const parsed = await saveSvg();
    await dialog.getByRole('combobox', { name: 'Picture of' }).click();
    await page.getByRole('option', { name: 'Both machines' }).click();
    // Words that only keep the lanes level are in neither.
    const both = (await saveSvg()).words.join(' ');
    expect([both.match(/one page, in LRU order/g), both.match(/only kswapd writes/g)]).toEqual([
      ['one page, in LRU order'],
      ['only kswapd writes'],
    ]);
    await blank.close();
    expect(parsed.tag).toBe('svg');
    expect(parsed.words).toContain('data-1');
    expect(parsed.words.join(' ')).toContain('requests/s');
    expect(parsed.shapes).toBeGreaterThan(20);

    const trace = await save('Save trace');
    expect(trace.name).toBe('reclaimscope-seeky-vs-range-a-14.000s.trace.txt');
    const lines = trace.bytes.toString().trimEnd().split('\n');
    expect(lines[0]).toBe('# tracer: nop');
    const isEvent = /^ *\S+-\d+ +\[000\] +\d+\.\d{6}: [a-z_]+: \S/;
    expect(lines.filter((line) => !line.startsWith('#') && !isEvent.test(line))).toEqual([]);
    const stalls = lines.filter((line) => line.includes('mm_vmscan_direct_reclaim_begin')).length;
    expect(stalls).toBeGreaterThan(100);
    const results = (await save('Save results as mmtests')).bytes.toString();
    expect(Number(/^Allocation stalls +(\d+)/m.exec(results)![1])).toBe(stalls);

    await dialog.getByRole('combobox', { name: 'Length of the loop' }).click();
    await page.getByRole('option', { name: '3 s', exact: true }).click();
    const webm = await save('Record');
    expect(webm.bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3'); // EBML
    expect(webm.bytes.length).toBeGreaterThan(20_000);
    await isIdle(page); // it stood still before

    await dialog.getByRole('button', { name: 'Copy embed code' }).click();
    await expect(page.locator('.notice')).toContainText('Embed code copied');
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(code).toMatch(
      /^<iframe src="http[^"]+\?embed#v1\.[\w-]+" width="640" height="360" title="[^"]+"><\/iframe>$/,
    );
    expect(await violations(page, '[role=dialog]')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

test.describe('a sweep', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('runs in the lab, is even when stopped, and a point opens its run', async ({ page }) => {
    await openPaused(page);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Sweep' }).click();
    const fill = async (label: string, value: string) => {
      await page.getByLabel(label, { exact: true }).fill(value);
      await page.keyboard.press('Enter');
    };
    await page.getByLabel('Knob', { exact: true }).selectOption('vm.swappiness');
    await fill('From', '20');
    await fill('To', '80');
    await fill('Values', '2');
    await fill('Seeds', '30');
    await fill('Run, s', '1');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const status = page.locator('.sweep-head p');
    await expect(status).toContainText(/[2-9] of 30 seeds each/, { timeout: 30_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
    const chart = page.getByRole('group', { name: /^Direct stall/ });
    const labels = await chart
      .getByRole('button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    const countOf = (words: string) => labels.filter((label) => label?.includes(words)).length;
    expect(countOf('swappiness 20')).toBe(countOf('swappiness 80'));
    expect(countOf(', A:')).toBe(countOf(', B:'));
    expect(countOf('swappiness 20')).toBeGreaterThanOrEqual(2);

    await chart.getByRole('button', { name: /swappiness 20, seed 2, A/ }).focus();
    await page.keyboard.press('Enter');
    await isIdle(page);
    expect(await clockSeconds(page)).toBe(1);
    await page.getByRole('button', { name: 'Knobs' }).click();
    await expect(page.locator('.rail').getByLabel('Seed', { exact: true })).toHaveValue('2');
  });
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after the first load the page opens and plays offline', async ({ page, context }) => {
    await page.goto('./');
    await isPlaying(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller)
        await new Promise((resolve) =>
          navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
        );
    });
    await context.setOffline(true);
    await page.reload();
    await isPlaying(page);
    await page.keyboard.press('Space');
    await isIdle(page);
    // What comes later than the first view is there too, as are the recordings.
    await page.keyboard.press('?');
    await expect(page.getByTestId('definition')).toContainText('play or pause');
    await page.keyboard.press('Escape');
    expect(
      (await page.evaluate(async () => (await fetch('./recordings/mmap-dd/files.txt')).text())).length,
    ).toBeGreaterThan(100);
    await context.setOffline(false);
  });
});
