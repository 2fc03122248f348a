import { expect, type Page, test } from '@playwright/test';
import { complaints, hashes, isIdle, isPlaying, openPaused, place, seek } from './screen.ts';

const goOn = (page: Page) => page.getByRole('button', { name: 'Go on' }).click();

test('a lost thread: the picture stays, and the run goes on from it to the same hash', async ({ page }) => {
  await openPaused(page);
  await seek(page, 4);
  await page.getByRole('button', { name: 'One batch forward' }).click();
  await isIdle(page);
  const before = { hashes: await hashes(page), place: await place(page) };
  await page.evaluate(() => window.__reclaimscope?.kill('B'));
  await expect(page.getByTestId('error')).toContainText('machine B stopped: it no longer answers');
  expect(await place(page)).toEqual(before.place);
  await goOn(page);
  await isIdle(page);
  await expect(page.getByTestId('error')).toHaveCount(0);
  expect({ hashes: await hashes(page), place: await place(page) }).toEqual(before);
  // What lies before and after is as if nothing had happened.
  await seek(page, 2);
  await seek(page, 6);
  const after = await hashes(page);
  const other = await page.context().newPage();
  await openPaused(other);
  await seek(other, 6);
  expect(await hashes(other)).toEqual(after);
});

test('the way back says how far it is, and a run that played plays on', async ({ page }) => {
  await page.goto('./');
  await isPlaying(page);
  const shares = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const seen: number[] = [];
        const watch = new MutationObserver(() => {
          const bar = document.querySelector<HTMLProgressElement>('[data-testid="way-back"] progress');
          if (bar) seen.push(bar.value);
          else if (seen.length > 0) resolve(seen);
        });
        watch.observe(document.body, { childList: true, subtree: true, attributes: true });
      }),
  );
  await page.evaluate(() => window.__reclaimscope?.kill('A'));
  await goOn(page);
  const told = await shares;
  expect(told).toEqual([...told].sort((a, b) => a - b));
  await isPlaying(page);
});

test('nothing on the page is against its own content policy', async ({ page }) => {
  const errors = complaints(page);
  await page.addInitScript(() => {
    Object.assign(window, { violations: [] });
    document.addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { violations: string[] }).violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await openPaused(page);
  await page.getByRole('combobox', { name: 'Scene' }).click();
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByTestId('numbers').locator('button.metric').first().click();
  await expect(page.getByTestId('definition')).toBeVisible();
  await page.keyboard.press('Escape');
  await seek(page, 2);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
  expect(errors).toEqual([]);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  // The listener above would have heard it.
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<style>main { color: red }</style>'));
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { violations: string[] }).violations))
    .toEqual(['style-src-elem inline']);
});

test('once loaded, the network can go away: play, seek, another kernel, another scene, a recording', async ({
  page,
}) => {
  await openPaused(page);
  // The last thing that is fetched: what reads files, once something is on the screen.
  await page.waitForLoadState('networkidle');
  await page.route('**/*', (route) => route.abort());
  await page.getByRole('button', { name: 'Play' }).click();
  await isPlaying(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await seek(page, 3);
  await page.getByRole('combobox', { name: 'Kernel of B' }).click();
  await page.getByRole('listbox').getByRole('option').nth(1).click();
  await isIdle(page);
  await page.getByRole('combobox', { name: 'Scene' }).click();
  await page.getByRole('listbox').getByRole('option', { name: 'A recorded program' }).click();
  await expect(page.locator('.rail-left')).toContainText('accesses');
  await expect(page.getByTestId('error')).toHaveCount(0);
});
