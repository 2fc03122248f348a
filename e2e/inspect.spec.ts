import { expect, type Page, test } from '@playwright/test';
import { hashes, isIdle, openPaused, place, seek } from './screen.ts';

/** The inspector of pages, in the right rail. */
const inspector = (page: Page) => page.getByRole('region', { name: 'Page', exact: true });
const rows = (page: Page) => page.getByRole('listbox', { name: /^What happened to the page/ }).getByRole('option');

async function show(page: Page, file: string, index: number): Promise<void> {
  await inspector(page).getByLabel('File').selectOption({ label: file });
  await inspector(page).getByRole('spinbutton').fill(String(index));
  await inspector(page).getByRole('button', { name: 'Show' }).click();
  await expect(rows(page).first()).toBeVisible();
}

async function openDock(page: Page, title: string): Promise<void> {
  await inspector(page).getByRole('button', { name: 'What if…' }).click();
  if (title !== 'What if') await page.locator('.dock').getByRole('button', { name: title, exact: true }).click();
}

test('the biography of a page: every row says who, which function and why, and leads to its moment', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 12.98);
  await show(page, 'data-2', 959);
  await expect(inspector(page).getByTestId('page-title')).toHaveText('Page 0x8f8');
  await expect(inspector(page)).toContainText('data-2, page 959');
  await expect(rows(page).filter({ hasText: 'RECLAIM_CLEAN, lap 1' })).toContainText('R shrink_page_list()');
  const written = rows(page).filter({ hasText: 'pageout()' });
  await expect(written).toContainText('42 ahead in queue');
  await expect(rows(page).last()).toContainText('end_page_writeback() clean, to the tail');
  await written.click();
  await isIdle(page);
  expect((await place(page))!.atNs).toBeCloseTo(12.782059e9, -4);
  // What was seen to come is still there, and told apart.
  await expect(rows(page).last()).toHaveClass(/life-ahead/);
  await inspector(page).getByRole('button', { name: 'Machine B' }).click();
  await expect(rows(page).filter({ hasText: 'pageout()' })).toHaveCount(0);
  await expect(rows(page).first()).toContainText('W2 add_to_page_cache_lru()');
  const link = await page.evaluate(() => window.__reclaimscope?.link());
  await page.goto('about:blank');
  await openPaused(page, link);
  await expect(rows(page).first()).toContainText('W2 add_to_page_cache_lru()');
  await expect(inspector(page)).toContainText('data-2, page 959');
});

test('why a task stalled: asked with a click on its hatch; links that add up, and a way to each moment', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 16.5);
  const canvas = page.getByLabel('Machine A', { exact: true }).locator('.tasks canvas').first();
  const box = (await canvas.boundingBox())!;
  // W3 is the fifth lane; 15.6 s lies 0.9 s left of now, of the 10 s shown.
  const label = 116;
  await canvas.click({ position: { x: label + (box.width - label) * (1 - 0.09), y: 4.5 * 17 } });
  const chain = page.locator('.chain');
  await expect(chain.locator('h2')).toContainText('writer-3 was in direct reclaim for 252.7 ms');
  const list = page.getByRole('listbox', { name: 'Stalls, the longest first' });
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(chain.locator('h2')).toContainText('writer-2');
  const total = Number(/for ([\d.]+) ms/.exec(await chain.locator('h2').innerText())![1]);
  const parts = (await chain.locator('ol .chain-ms').allInnerTexts()).map(Number);
  expect(parts.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(total, 0);
  await expect(chain).toContainText('dirtied by writer-1 in generic_perform_write()');
  await chain.getByRole('button', { name: 'show the page' }).first().click();
  await expect(inspector(page)).toContainText('data-1, page 10\u2009375');
  await chain
    .getByRole('button', { name: /^Go to/ })
    .nth(1)
    .click();
  await isIdle(page);
  expect((await place(page))!.atNs).toBeLessThan(12e9);
});

test('one decision taken otherwise: three outcomes side by side, and a freeze right before it', async ({ page }) => {
  await openPaused(page);
  await seek(page, 12.6);
  await show(page, 'data-1', 9997);
  await openDock(page, 'What if');
  const dock = page.locator('.dock');
  await expect(dock).toContainText('writer-3 comes to dirty page 10\u2009665 of data-1: ->writepage');
  await expect(dock.locator('tr[data-outcome="keep"]')).toContainText('still dirty at the end, lap 2');
  await expect(dock.locator('tr[data-outcome="page"]')).toContainText('freed after');
  await expect(dock.locator('tr[data-outcome="range"]')).toContainText('pages 2\u2009116 to 10\u2009665');
  const before = await hashes(page);
  await dock.getByRole('button', { name: 'Freeze there' }).click();
  await isIdle(page);
  expect((await place(page))!.atNs).toBe(12671606144);
  expect(await hashes(page)).not.toEqual(before);
  await expect(inspector(page)).toContainText('data-1, page 10\u2009665');
});

test('the first difference of A and B in a sentence and a table; a page named, walked and let go by keys', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 8);
  await test.step('the first difference', async () => {
    await show(page, 'data-1', 9997);
    await openDock(page, 'First difference');
    const dock = page.locator('.dock');
    await expect(dock).toContainText('at 6.938294 s, kswapd0 treats page 10\u2009665 of data-1 differently');
    await expect(dock.getByRole('row', { name: /^what it does/ })).toContainText('kept: referenced, RECLAIM_CLEAN');
    await dock.getByRole('button', { name: 'Go to 6.938294 s' }).click();
    await isIdle(page);
    expect((await place(page))!.atNs).toBe(6938294064);
    await inspector(page).getByRole('button', { name: 'Another page' }).click();
  });
  await test.step('by the keyboard alone: name a page, walk its rows, go to one, let it go', async () => {
    await inspector(page).getByLabel('File').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.type('9997');
    await page.keyboard.press('Enter');
    const list = page.getByRole('listbox', { name: /^What happened to the page/ });
    await expect(rows(page).first()).toBeVisible();
    await list.focus();
    await page.keyboard.press('Home');
    await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await isIdle(page);
    expect((await place(page))!.atNs).toBeLessThan(1e9);
    const follow = inspector(page).getByRole('button', { name: 'Follow' });
    await expect(follow).toHaveAttribute('aria-pressed', 'true');
    await follow.press('Enter');
    await expect(follow).toHaveAttribute('aria-pressed', 'false');
    await inspector(page).getByRole('button', { name: 'Another page' }).press('Enter');
    await expect(inspector(page).getByLabel('File')).toBeVisible();
  });
});
