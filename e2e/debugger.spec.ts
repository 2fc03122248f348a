import { expect, test } from '@playwright/test';
import { isIdle, openPaused, place, seek } from './screen.ts';

test('a thread is stepped into, over and out of its function by keyboard, and back', async ({ page }) => {
  await openPaused(page);
  await seek(page, 14);
  await page.getByRole('button', { name: 'Views' }).press('Enter');
  await page.getByRole('radio', { name: 'Debugger' }).check();
  await page.keyboard.press('Escape');
  const debug = page.getByRole('region', { name: 'Debugger' });
  const kswapd = debug.getByRole('button', { name: /kswapd0/ });
  await kswapd.press('Enter');
  await expect(kswapd).toHaveAttribute('aria-pressed', 'true');
  const stack = debug.getByRole('table', { name: 'Kernel stack of kswapd0' });
  await expect(stack.getByRole('row').last()).toContainText('kswapd');
  const where = debug.getByTestId('debug-place');
  const step = async (key: string) => {
    const before = await where.textContent();
    await page.keyboard.press(key);
    await isIdle(page);
    await expect(where).not.toHaveText(before!);
  };

  await step('i');
  await step('i');
  const there = await where.textContent();
  const depth = await stack.getByRole('row').count();
  await step('i');
  await step('Shift+I');
  await expect(where).toHaveText(there!);
  await step('o');
  expect(await stack.getByRole('row').count()).toBeLessThanOrEqual(depth);

  // On to a page that is judged: whoever reclaims is within an event then.
  const earlier = await place(page);
  await debug.getByRole('button', { name: 'Next page' }).press('Enter');
  await isIdle(page);
  await expect(where).toContainText('into it');
  expect((await place(page))!.atNs).toBeGreaterThanOrEqual(earlier!.atNs);
  const deep = await stack.getByRole('row').count();
  await step('u');
  expect(await stack.getByRole('row').count()).toBeLessThan(deep);
});
