import { expect, test } from '@playwright/test';
import { isIdle, openPaused, place, seek } from './screen.ts';

test('a thread is stepped by keyboard, into, over and out of its function and back, and both run to a breakpoint', async ({
  page,
}) => {
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

  // Both to where the first of them has direct reclaim write a page: the debugger then shows who did it.
  const wanted = debug.getByRole('checkbox', { name: 'direct reclaim calls ->writepage' });
  await expect(wanted).toBeChecked();
  await wanted.focus();
  await page.keyboard.press('r');
  await isIdle(page);
  const says = debug.getByTestId('debug-end');
  await expect(says).toHaveText(
    /^A stopped at 1\d\.\d{3}\s\d{3} s: direct reclaim of reader called ->writepage \(R4\.1\)\.$/,
  );
  await expect(debug.getByRole('button', { name: /reader/ })).toHaveAttribute('aria-pressed', 'true');
  const field = debug.getByRole('textbox', { name: 'Bytes of stack' });
  await debug.getByRole('checkbox', { name: 'a kernel stack is deeper than' }).press('Space');
  await field.fill('none');
  await expect(debug.getByRole('alert')).toContainText('it must be a whole number of bytes from 1 to');
  await expect(debug.getByRole('button', { name: 'Run until' })).toBeDisabled();
});
