import { expect, type Page, test } from '@playwright/test';
import { violations } from './eyes.ts';
import { isIdle, isPlaying, openPaused, seek } from './screen.ts';

/** Opens a scene by its title and stands still at its beginning. */
async function openScene(page: Page, title: string | RegExp): Promise<void> {
  await openPaused(page);
  await page.getByRole('combobox', { name: 'Scene' }).click();
  const watch = page.locator('.rail-left .watch');
  const before = (await watch.textContent()) ?? '';
  await page.getByRole('listbox').getByRole('option', { name: title }).click();
  // The old scene stands still until the new one has been loaded, and then that one plays.
  await expect(watch).not.toHaveText(before);
  await isPlaying(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
}

test('a cycle of page locks is named, drawn as a ring and told in words; the other machine goes on', async ({
  page,
}) => {
  await openScene(page, 'Two reclaimers lock each other');
  await seek(page, 5);
  const ring = page.getByRole('region', { name: 'Lock cycle of A' });
  await expect(ring).toBeVisible();
  await expect(ring.locator('p.spoken')).toContainText(
    /in write_cache_pages.* waits for page \d+ of data-\d, locked by/,
  );
  await expect(page.locator('.lane[data-machine="A"] .lane-stopped')).toContainText('page locks wait in a cycle');
  await expect(page.getByRole('region', { name: 'Lock cycle of B' })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});

test('a kernel’s name opens where it is from, its answers and what is left out', async ({ page }) => {
  await openPaused(page);
  await page.locator('.lane[data-machine="B"] .kernel-name').first().click();
  const dialog = page.getByTestId('definition');
  await expect(dialog).toContainText('rfc-v1');
  await expect(dialog).toContainText('pageout unit');
  await expect(dialog).toContainText('span of the file');
  expect(await dialog.locator('li').count()).toBeGreaterThan(3);
  expect(await violations(page)).toEqual([]);
});

test('the stacks open as the chain of functions that the published trace has, true to its bytes', async ({ page }) => {
  await openScene(page, 'A select() that ends in the filesystem');
  await seek(page, 16);
  await page.getByRole('region', { name: 'Kernel stacks of A' }).getByRole('button', { name: 'kernel stacks' }).click();
  const dialog = page.getByTestId('definition');
  const deepest = dialog.locator('details').first();
  await expect(deepest.locator('summary')).toContainText(/at most \d+\s?\d+ bytes/);
  await expect(deepest).toContainText('reclaim enters the filesystem');
  await expect(deepest).toContainText('xfs_vm_writepage');
  const rows = await deepest
    .locator('tbody tr')
    .evaluateAll((trs) =>
      trs.map((tr) => [...tr.querySelectorAll('td')].map((td) => Number.parseInt(td.textContent ?? '', 10))),
    );
  // Depth of each function = its size + the depth of its caller, as the stack tracer counts.
  rows.forEach(([depth, size], at) => {
    expect(depth! - size!).toBe(rows[at + 1]?.[0] ?? 0);
  });
  expect(await violations(page)).toEqual([]);
});

test('knobs: the rare ones stay away until asked for, or until they are not as the scene says', async ({ page }) => {
  await openPaused(page);
  const lists = page.locator('[data-knob="policy.flusher_lists"]');
  await expect(lists).toHaveCount(0);
  const group = page.getByRole('region', { name: 'Writeback', exact: true });
  await group.getByRole('button', { name: /rules|more/ }).click();
  await expect(lists).toBeVisible();
  await lists.getByRole('combobox').click();
  await page.getByRole('listbox').getByRole('option').last().click();
  await isIdle(page);
  await group.getByRole('button', { name: 'fewer' }).click();
  await expect(lists).toBeVisible();
});

test('every kernel runs on the opening scene in the browser', async ({ page }) => {
  await openPaused(page);
  const options = page.getByRole('listbox').getByRole('option');
  const pick = async (machine: 'A' | 'B', at: number) => {
    await page.getByRole('combobox', { name: `Kernel of ${machine}` }).click();
    await options.nth(at).click();
    await isIdle(page);
  };
  await page.getByRole('combobox', { name: 'Kernel of B' }).click();
  await expect(options.nth(15)).toBeVisible();
  const kernels = await options.count();
  await page.keyboard.press('Escape');
  // Two at a time, one in each machine.
  const half = Math.ceil(kernels / 2);
  for (let at = 0; at < half; at++) {
    await pick('A', at);
    await pick('B', Math.min(at + half, kernels - 1));
    await seek(page, 1);
    await expect(page.locator('.error-panel')).toHaveCount(0);
  }
});
