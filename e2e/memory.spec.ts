import { expect, test } from '@playwright/test';
import { complaints, isIdle, openPaused, seek } from './screen.ts';

test('the pages in three orders, by button and by key; the picture says what it shows', async ({ page }) => {
  const said = complaints(page);
  await openPaused(page);
  await seek(page, 14);
  await expect(page.getByTestId('strip-A-inactive_file')).toBeVisible();
  await page.getByRole('group', { name: 'Order of the pages of A' }).getByRole('button', { name: 'file' }).click();
  await isIdle(page);
  // Both machines follow: the same dirty pages lie side by side in both.
  await expect(page.getByTestId('ordered-A')).toBeVisible();
  await expect(page.getByTestId('ordered-B')).toBeVisible();
  await expect(page.getByTestId('strip-A-inactive_file')).toHaveCount(0);
  await test.step('the same as a table', async () => {
    const lru = page.getByRole('region', { name: 'LRU lists of B' });
    await lru.getByRole('button', { name: 'as a table' }).click();
    const dialog = page.getByTestId('definition');
    await expect(dialog).toContainText('Machine B at 14.000 s.');
    await expect(dialog.getByRole('row', { name: /^data-1 [\d\u2009]+ [\d\u2009]+/ })).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Copy as text' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });
  await expect(page.locator('.lru .spoken').first()).toContainText(
    /data-1: \d+ pages in memory of \d+, \d+ dirty in \d+ run/,
  );
  await page.keyboard.press('v');
  await expect(page.locator('.lru .spoken').first()).toContainText(/^memory: /);
  await page.keyboard.press('v');
  await expect(page.getByTestId('strip-B-inactive_file')).toBeVisible();
  expect(said).toEqual([]);
});

test('a page under the pointer or the keys is named and lit in both machines; a click or Enter pins it, Esc lets go', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 14);
  const strip = (await page.getByTestId('strip-A-inactive_file').boundingBox())!;
  await page.mouse.move(strip.x + strip.width - 40, strip.y + 40);
  const tooltip = page.getByTestId('tooltip');
  await expect(tooltip).toContainText(/^data-\d, page [\d\u2009]+/);
  await expect(tooltip).toContainText(
    /(clean|dirty|being written).* · pfn 0x[0-9a-f]+ · inactive file, [\d\u2009]+ before it/,
  );
  await expect(page.locator('.lane[data-machine="B"] .marks').first()).toBeVisible();
  await page.mouse.click(strip.x + strip.width - 40, strip.y + 40);
  await page.mouse.move(10, 10);
  await expect(tooltip).toHaveCount(0);
  await expect(page.locator('.lane[data-machine="B"] .marks').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.marks')).toHaveCount(0);

  // By keyboard alone: a strip is walked page by page, and Enter pins.
  const lens = page.getByRole('slider', { name: 'last 256 pages of inactive file, the next victim first, machine A' });
  await lens.focus();
  await page.keyboard.press('Home');
  await expect(lens).toHaveAttribute('aria-valuetext', /^data-\d, page/);
  const first = await lens.getAttribute('aria-valuetext');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(lens).not.toHaveAttribute('aria-valuetext', first!);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('.marks').first()).toBeVisible();

  await test.step('a request and a thread by the keys, a thread by a click', async () => {
    const disk = page.getByRole('slider', { name: 'requests from the newest on, machine A' });
    await disk.focus();
    await page.keyboard.press('Home');
    await expect(disk).toHaveAttribute('aria-valuetext', /^(write|read) of .* at .* seek .* rotate .* transfer/);
    const threads = page.getByRole('slider', { name: 'threads from top to bottom, machine B' });
    await threads.focus();
    await page.keyboard.press('Home');
    await expect(threads).toHaveAttribute('aria-valuetext', /^K kswapd0 · /);
    await page
      .locator('.lane[data-machine="A"] .tasks canvas')
      .first()
      .click({ position: { x: 60, y: 8 } });
    await page.mouse.move(10, 10);
    await expect(page.locator('.lane[data-machine="B"] .stacks .marks')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('.marks')).toHaveCount(0);
  });
});

test('groups show themselves where there are any, the flusher on demand; a number of each opens its definition', async ({
  page,
}) => {
  const said = complaints(page);
  await openPaused(page);
  const menu = page.getByRole('button', { name: 'Views' });
  const groups = page.getByRole('checkbox', { name: 'Memory cgroups' });
  await menu.click();
  await expect(groups).not.toBeChecked();
  await page.getByRole('checkbox', { name: 'Flusher' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Scene' }).click();
  await page.getByRole('option', { name: 'dd in a small memory cgroup' }).click();
  const view = page.getByRole('region', { name: 'Memory cgroups of A' });
  await expect(view).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await seek(page, 4);
  await view.getByRole('button', { name: /^failcnt [1-9]/ }).click();
  const definition = page.getByTestId('definition');
  await expect(definition).toContainText('memory.failcnt');
  await expect(definition).toContainText(/small: [1-9]/);
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Flusher of B' }).getByRole('button', { name: /^b_io/ }).click();
  await expect(definition).toContainText(/flush-8:0 \(8:0\): \d+ inodes/);
  await page.keyboard.press('Escape');
  // The menu says what the screen shows.
  await menu.click();
  await expect(groups).toBeChecked();
  await groups.uncheck();
  await expect(view).toHaveCount(0);
  expect(said).toEqual([]);
});
