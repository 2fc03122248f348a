import { expect, type Page, test } from '@playwright/test';
import { clockSeconds, hashes, isIdle, isPlaying, openPaused, place, seek } from './screen.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('everything that moves time can be done without a pointer', async ({ page }) => {
  await page.goto('./');
  await isPlaying(page);
  await page.keyboard.press('Space');
  await isIdle(page);
  await page.keyboard.press('Home');
  await isIdle(page);
  expect(await clockSeconds(page)).toBe(0);
  await page.keyboard.press('Shift+ArrowRight');
  await isIdle(page);
  await page.keyboard.press('ArrowRight');
  await isIdle(page);
  expect(await clockSeconds(page)).toBe(1.1);
  await page.keyboard.press('ArrowLeft');
  await isIdle(page);
  expect(await clockSeconds(page)).toBe(1);
  await page.keyboard.press('c');
  await expect(page.locator('.notice')).toContainText('Link copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('#v1.');
  await page.keyboard.press('Space');
  await isPlaying(page);
});

test('the scrubber is a slider, the buttons take focus in order', async ({ page }) => {
  await openPaused(page);
  const scrubber = page.getByTestId('scrubber');
  await scrubber.focus();
  await page.keyboard.press('Home');
  await isIdle(page);
  await page.keyboard.press('PageUp');
  await isIdle(page);
  await expect(scrubber).toHaveAttribute('aria-valuenow', '5');
  await page.keyboard.press('Home');
  await isIdle(page);
  await expect(scrubber).toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'One batch back' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Play' })).toBeFocused();
  await page.keyboard.press('Enter');
  await isPlaying(page);
});

test('a step by event, batch and I/O forward, and back to the same place; an event says of how many', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 2);
  await page.getByRole('combobox', { name: 'What a step is' }).click();
  await page.getByRole('option', { name: 'event' }).first().click();
  const words = async () => (await page.getByTestId('clock-place').textContent())!.replaceAll(/[^\da-z]/gi, '');
  const total = (await place(page))!.A;
  await expect.poll(words).toBe(`Aevent${total}of${total}`);
  await seek(page, 1);
  await expect.poll(words).toBe(`Aevent${(await place(page))!.A}of${total}`);
  await seek(page, 14);
  for (const kind of ['event', 'batch', 'I/O']) {
    await test.step(kind, async () => {
      await page.getByRole('combobox', { name: 'What a step is' }).click();
      await page.getByRole('listbox').getByRole('option', { name: kind }).first().click();
      await page.getByRole('button', { name: `One ${kind} forward` }).focus();
      await page.keyboard.press('Enter');
      await isIdle(page);
      const first = await place(page);
      await page.keyboard.press('Enter');
      await isIdle(page);
      const second = await place(page);
      // A thread that goes on computing is a step too: it moves time, and no event is counted for it.
      expect(second!.atNs + second!.A).toBeGreaterThan(first!.atNs + first!.A);
      await page.getByRole('button', { name: `One ${kind} back` }).focus();
      await page.keyboard.press('Enter');
      await isIdle(page);
      expect(await place(page)).toEqual(first);
    });
  }
});

/** Tab, or Shift+Tab, to what matches, as often as it takes. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

test('a journey by keys alone, from the load to a link that opens the same state', async ({ page, context }) => {
  await page.goto('./');
  await isPlaying(page);
  await page.keyboard.press('Space');
  await isIdle(page);

  await tabTo(page, '[aria-label="Kernel of B"]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await isIdle(page);

  await tabTo(page, '[data-testid="scrubber"]', 'Shift+Tab');
  for (const key of ['Home', 'PageUp', 'PageUp', 'ArrowRight']) {
    await page.keyboard.press(key);
    await isIdle(page);
  }

  await tabTo(page, '[data-knob="vm.swappiness"] input');
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-knob="vm.swappiness"] .changed')).toBeVisible();
  await isIdle(page);

  await tabTo(page, '.step[aria-label$="forward"]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await isIdle(page);
  const at = await clockSeconds(page);
  expect(at).toBeGreaterThan(10);

  await tabTo(page, '.top-bar [aria-haspopup="dialog"], .top-bar [aria-label="Views"]');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('views')).toBeVisible();
  await tabTo(page, '[data-testid="views"] input[type="radio"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('views')).toHaveCount(0);
  await expect(page.locator('.dock')).toBeVisible();

  await tabTo(page, '[data-machine="A"] .lens [role="slider"]');
  await page.keyboard.press('Home');
  await expect(page.locator('[role="slider"]:focus')).toHaveAttribute('aria-valuetext', /^data-\d, page/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('page-title')).toBeVisible();

  await tabTo(page, '.numbers button.metric');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('definition')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('definition')).toHaveCount(0);
  await expect(page.locator('.numbers button.metric').first()).toBeFocused();

  await page.keyboard.press('c');
  await expect(page.locator('.notice')).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const here = { at, hashes: await hashes(page), place: await place(page) };
  const title = await page.getByTestId('page-title').textContent();
  const other = await context.newPage();
  await other.goto(link);
  await isIdle(other);
  expect({ at: await clockSeconds(other), hashes: await hashes(other), place: await place(other) }).toEqual(here);
  await expect(other.locator('.dock')).toBeVisible();
  await expect(other.locator('[data-knob="vm.swappiness"] input')).toHaveValue('30');
  await expect(other.getByTestId('page-title')).toHaveText(title!);
});
