import { expect, test } from '@playwright/test';
import { clockSeconds, complaints, isIdle, isPlaying, openPaused, seek } from './screen.ts';

test('opens playing, and moves within two seconds of the load', async ({ page }) => {
  const errors = complaints(page);
  const started = Date.now();
  await page.goto('./');
  await isPlaying(page);
  await expect(page.getByTestId('clock')).not.toHaveText(/^\s*0\.000\s*$/, { timeout: 2000 });
  expect(Date.now() - started).toBeLessThan(2000 + 500); // half a second for the test's own questions
  await expect(page.locator('.rail-left .watch')).toContainText('Watch the disk');
  const before = await clockSeconds(page);
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(before);
  expect(errors).toEqual([]);
});

test('asks the network for nothing once it is there', async ({ page }) => {
  await page.goto('./');
  await isPlaying(page);
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  // The browser itself looks up the icon anew when the address changes.
  page.on('request', (request) => request.url().endsWith('favicon.svg') || asked.push(request.url()));
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await seek(page, 3);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Help and keys' }).click();
  await expect(page.getByTestId('definition')).toBeVisible();
  expect(asked).toEqual([]);
});

test('a state in words is there for those who do not see it', async ({ page }) => {
  await openPaused(page);
  await seek(page, 5);
  await expect(page.getByTestId('summary')).toContainText(/paused at 5\.0 of \d+ seconds\. A: \d+ pages dirty/, {
    timeout: 5000,
  });
  await expect(page.getByLabel('Disk of A').locator('.spoken')).toContainText('The head stands');
});

test('motion that is not wanted does not start; the theme is the system’s', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await page.goto('./');
  await isIdle(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.getByTestId('summary')).toHaveText(/^paused at 14\.0 of 60 seconds\. A: \d+ pages dirty.* B: /);
  const opened = await clockSeconds(page);
  const frames = (count: number): Promise<void> =>
    page.evaluate(
      (left) =>
        new Promise((done) => {
          const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
          next();
        }),
      count,
    );
  await frames(30);
  expect(await clockSeconds(page)).toBe(opened);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => clockSeconds(page)).toBeGreaterThan(opened);
});
