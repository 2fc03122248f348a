import { expect, test } from '@playwright/test';
import { clockSeconds, isIdle, isPlaying, openPaused, place, seek } from './screen.ts';

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
