import { expect, test } from '@playwright/test';
import { complaints, isPlaying, openPaused, seek } from './screen.ts';

const SENTENCE = /The simulation thread of machine (A|B) stopped: /;

test('a worker that does not load is named, not waited for', async ({ page }) => {
  await page.route('**/engine.worker*.js', (route) => route.abort());
  const started = Date.now();
  await page.goto('./');
  await expect(page.getByTestId('error')).toContainText(SENTENCE);
  expect(Date.now() - started).toBeLessThan(3000);
  await expect(page.locator('main')).toHaveAttribute('data-status', 'failed');
});

test('a machine killed while it plays is named within a second, and the last frame stays', async ({ page }) => {
  await page.goto('./');
  await isPlaying(page);
  await expect(page.getByTestId('clock')).not.toHaveText(/^\s*0\.000\s*$/);
  for (const machine of ['A', 'B'] as const) {
    // Measured in the page: the test's own way there and back is no part of it.
    const tookMs = await page.evaluate(
      (id) =>
        new Promise<number>((resolve) => {
          const started = performance.now();
          const watch = new MutationObserver(() => {
            if (document.querySelector('[data-testid="error"]')) resolve(performance.now() - started);
          });
          watch.observe(document.body, { childList: true, subtree: true });
          window.__reclaimscope?.kill(id);
        }),
      machine,
    );
    expect(tookMs).toBeLessThan(1000);
    await expect(page.getByTestId('error')).toContainText(`machine ${machine} stopped: it no longer answers`);
    const drawn = await page.getByTestId('disk-A').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL().length);
    expect(drawn).toBeGreaterThan(1000);
    await expect(page.getByTestId('reproducer')).toHaveAttribute('href', /#v1\./);
    await page.getByRole('button', { name: 'Go on' }).click();
    await isPlaying(page);
    await expect(page.getByTestId('error')).toHaveCount(0);
  }
});

test('a link that cannot be read gives one sentence, and the page goes on', async ({ page }) => {
  const errors = complaints(page);
  // The first opens the page; the others are pasted into its address bar.
  for (const [what, fragment] of [
    ['no link at all', '#hello'],
    ['cut off', '#v1.eNqrVspLzE1V'],
    ['from the future', '#v9.abc'],
    ['full of junk', `#v1.${'%'.repeat(5000)}`],
  ] as const) {
    await test.step(what, async () => {
      await page.goto(`./${fragment}`);
      await expect(page.getByTestId('error')).toContainText(/^link: .+\./);
      await page.getByRole('button', { name: 'Open the first scene' }).click();
      await isPlaying(page);
      await expect(page.getByTestId('error')).toHaveCount(0);
    });
  }
  expect(errors).toEqual([]);
});

test('files that are neither recording nor scenario are refused in one sentence', async ({ page }) => {
  await openPaused(page);
  await seek(page, 1);
  const input = page.getByLabel('Recording or scenario file');
  for (const [name, buffer] of [
    ['junk.bin', Buffer.alloc(100_000, 0xfe)],
    ['scene.json', Buffer.from('{"format": "reclaimscope-scenario", "version": 7}')],
    ['cut.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])],
  ] as const) {
    await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await expect(page.locator('.notice')).toContainText(name);
  }
  await expect(page.locator('main')).toHaveAttribute('data-status', 'idle');
});
