import { expect, test } from '@playwright/test';
import { GOLDEN } from '../src/abi/golden.ts';
import { hashes, isIdle, isPlaying, openPaused, seek } from './screen.ts';

/** The unit tests hold Node to the same table: what is equal to it here is equal to Node. */
test('every scene comes to its golden hashes in this browser, one after the other on one page', async ({ page }) => {
  test.setTimeout(240_000);
  await openPaused(page);
  const watch = page.locator('.rail-left .watch');
  // The menu and the golden list have one order.
  for (const [at, [id, golden]] of Object.entries(GOLDEN).entries()) {
    await test.step(id, async () => {
      if (at > 0) {
        const before = (await watch.textContent()) ?? '';
        await page.getByRole('combobox', { name: 'Scene' }).click();
        await page.getByRole('group', { name: 'Simulated' }).getByRole('option').nth(at).click();
        // The old scene stands still until the new one has been loaded, and then that one plays.
        await expect(watch).not.toHaveText(before);
        await isPlaying(page);
        await page.getByRole('button', { name: 'Pause' }).click();
        await isIdle(page);
      }
      await seek(page, golden.untilS);
      expect.soft({ id, ...(await hashes(page)) }).toEqual({ id, A: golden.A, B: golden.B });
    });
  }
});
