import { expect, test } from '@playwright/test';
import { hashes, isIdle, openPaused, place, seek } from './screen.ts';

test('seek from anywhere to anywhere is the straight run', async ({ page }) => {
  await openPaused(page);
  await seek(page, 9);
  const straight = await hashes(page);
  for (const seconds of [4, 12, 0, 9.5, 2.34, 9]) await seek(page, seconds);
  expect(await hashes(page)).toEqual(straight);
  await test.step('a value out of range is refused in one sentence, and nothing changes', async () => {
    const knob = page.locator('[data-knob="vm.swappiness"] input').first();
    await knob.fill('300');
    await knob.press('Enter');
    await expect(page.locator('.notice')).toContainText('vm.swappiness is 300; it must be a number from 0 to 100');
    expect(await hashes(page)).toEqual(straight);
  });
  await test.step('the same kernel on both sides has the same hash', async () => {
    await page.getByRole('combobox', { name: 'Kernel of B' }).click();
    await page
      .getByRole('listbox')
      .getByRole('option', { name: /^2\.6\.35-rc2/ })
      .click();
    await isIdle(page);
    for (const seconds of [1, 5.01, 12]) {
      await seek(page, seconds);
      const { A, B } = await hashes(page);
      expect(B).toBe(A);
    }
  });
});

test('a link brings back scene, kernels, seed, a turned knob and the place, to the same hash', async ({
  page,
  context,
}) => {
  await openPaused(page);
  await page.locator('.top-bar').getByLabel('Seed').fill('42');
  await page.locator('.top-bar').getByLabel('Seed').press('Enter');
  await isIdle(page);
  await page.getByRole('combobox', { name: 'Kernel of B' }).click();
  await page.getByRole('listbox').getByRole('option').nth(1).click();
  await isIdle(page);
  await seek(page, 4);
  const knob = page.locator('[data-knob="vm.swappiness"] input').first();
  await knob.fill('30');
  await knob.press('Enter');
  await isIdle(page);
  await seek(page, 6);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'One batch forward' }).click();
  await isIdle(page);
  const before = { hashes: await hashes(page), place: await place(page) };
  const link = await page.evaluate(() => window.__reclaimscope?.link());
  const other = await context.newPage();
  await other.goto(link!);
  await isIdle(other);
  expect({ hashes: await hashes(other), place: await place(other) }).toEqual(before);
  await expect(other.locator('.top-bar').getByLabel('Seed')).toHaveValue('42');
  await expect(other.locator('[data-knob="vm.swappiness"] input').first()).toHaveValue('30');
  await expect(other.locator('[data-knob="vm.swappiness"] .changed')).toBeVisible();
});
