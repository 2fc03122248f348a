import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openPaused, seek } from './screen.ts';

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

for (const scheme of ['dark', 'light'] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`no violation: ${scheme}, ${name}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport, colorScheme: scheme });
      const page = await context.newPage();
      await openPaused(page);
      await seek(page, 12);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`),
      ).toEqual([]);
      await context.close();
    });

    test(`nothing is wider than the screen, no letter too small: ${scheme}, ${name}`, async ({ browser }) => {
      const context = await browser.newContext({ viewport, colorScheme: scheme });
      const page = await context.newPage();
      await openPaused(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
      const smallest = await page.evaluate(() => {
        const hasText = (element: Element) =>
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
        const shown = [...document.querySelectorAll('body *')].filter(
          (element) => hasText(element) && element.checkVisibility(),
        );
        return Math.min(...shown.map((element) => Number.parseFloat(getComputedStyle(element).fontSize)));
      });
      expect(smallest).toBeGreaterThanOrEqual(name === 'phone' ? 13 : 12);
      await context.close();
    });
  }
}

test('every number in the table opens its definition', async ({ page }) => {
  await openPaused(page);
  await seek(page, 12);
  const numbers = page.getByTestId('numbers').locator('button.metric');
  const count = await numbers.count();
  expect(count).toBeGreaterThan(10);
  for (let i = 0; i < count; i++) {
    const name = await numbers.nth(i).getAttribute('data-metric');
    await numbers.nth(i).click();
    const dialog = page.getByTestId('definition');
    await expect(dialog).toContainText(name!);
    expect((await dialog.locator('p').first().textContent())!.length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('every knob says what it does and where that is from', async ({ page }) => {
  await openPaused(page);
  const knobs = page.locator('.knob-name');
  const count = await knobs.count();
  expect(count).toBeGreaterThan(5);
  for (let i = 0; i < count; i += 4) {
    await knobs.nth(i).click();
    await expect(page.getByTestId('definition')).toContainText('Source');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('definition')).toHaveCount(0);
  }
});

test('a phone shows one machine, and swaps it', async ({ browser }) => {
  const context = await browser.newContext({ viewport: SIZES.phone, hasTouch: true });
  const page = await context.newPage();
  await openPaused(page);
  await expect(page.getByLabel('Machine A', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Machine B', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: /swap/ }).click();
  await expect(page.getByLabel('Machine B', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Numbers' }).click();
  await expect(page.getByTestId('numbers')).toBeVisible();
  await context.close();
});
