import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { GOLDEN } from '../src/abi/golden.ts';
import { hashes, isIdle, isPlaying, openPaused, seek } from './screen.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

interface Answer {
  readonly runs: readonly { readonly machine: 'A' | 'B'; readonly hash: string }[];
}

/** The same run without a screen. */
function inNode(scene: string, seconds: number): Record<string, string> {
  const args = [tsx, 'src/cli/sim.ts', scene, '--until', String(seconds), '--format', 'json'];
  const { runs } = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as Answer;
  return Object.fromEntries(runs.map(({ machine, hash }) => [machine, hash]));
}

test('the same scene has the same hash in Node and in this browser', async ({ page }) => {
  await openPaused(page);
  for (const seconds of [2, 12]) {
    await seek(page, seconds);
    expect(await hashes(page)).toEqual(inNode('seeky-vs-range', seconds));
  }
});

test('so has a scene that replays a recorded program', async ({ page }) => {
  await openPaused(page);
  await page.getByRole('combobox', { name: 'Scene' }).click();
  await page.getByRole('listbox').getByRole('option', { name: 'A recorded program' }).click();
  await expect(page.locator('.rail-left .watch')).toContainText('recorded');
  await expect(page.locator('.rail-left')).toContainText('accesses');
  await expect(page.locator('main[data-status="playing"]')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await seek(page, 3);
  expect(await hashes(page)).toEqual(inNode('recorded', 3));
});

// The menu and the golden list have one order.
for (const [at, [id, golden]] of Object.entries(GOLDEN).entries()) {
  test(`${id} comes to its golden hashes in this browser`, async ({ page }) => {
    await openPaused(page);
    if (at > 0) {
      const watch = page.locator('.rail-left .watch');
      const before = (await watch.textContent()) ?? '';
      await page.getByRole('combobox', { name: 'Scene' }).click();
      await page.getByRole('listbox').getByRole('option').nth(at).click();
      // The old scene stands still until the new one has been loaded, and then that one plays.
      await expect(watch).not.toHaveText(before);
      await isPlaying(page);
      await page.getByRole('button', { name: 'Pause' }).click();
    }
    await isIdle(page);
    await seek(page, golden.untilS);
    expect(await hashes(page)).toEqual({ A: golden.A, B: golden.B });
  });
}
