import { expect, test } from '@playwright/test';
import { blemishes, violations } from './eyes.ts';
import { isIdle, openPaused, seek } from './screen.ts';

const PHONE = { width: 390, height: 844 };

test('a recorded kernel: what it does not tell is said in words that fit, what it tells has its definition', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openPaused(page);
  await page.getByLabel('Trace, recording or scenario file').first().setInputFiles('public/traces/memcg-v2.txt.gz');
  const lane = page.getByLabel('Machine A', { exact: true });
  await expect(lane.getByText('Recorded from a real kernel.')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await seek(page, 3);
  const stacks = lane.getByRole('region', { name: 'Kernel stacks of A' });
  await expect(stacks).toContainText('not in its trace events');
  await expect(stacks.getByRole('button')).toHaveCount(0);
  const look = async (leastPx: number) => {
    expect.soft(await blemishes(page, leastPx)).toEqual([]);
    expect.soft(await violations(page)).toEqual([]);
    expect.soft(await page.locator('body').innerText()).not.toMatch(/\b(NaN|Infinity|undefined)\b/);
  };
  await test.step('desk', () => look(12));
  await lane.getByRole('button', { name: 'memcg-v2' }).click();
  const dock = page.getByRole('region', { name: 'The trace', exact: true });
  await expect(dock.getByTestId('trace-lines')).toContainText('not understood');
  await test.step('its page', () => look(12));
  await dock.getByRole('button', { name: 'writeback_single_inode', exact: true }).first().click();
  await expect(page.getByTestId('definition')).toContainText('Lines of writeback_single_inode.');
  await page.keyboard.press('Escape');
  await dock.getByRole('button', { name: 'Close The trace' }).click();
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await test.step('phone', () => look(13));
  await lane.getByRole('button', { name: 'How to record it' }).first().click();
  await expect(page.getByTestId('definition')).toContainText('trace');
});
