import { expect, type Page, test } from '@playwright/test';
import { violations } from './eyes.ts';
import { complaints, hashes, isIdle, isPlaying, openPaused, place, seek } from './screen.ts';

/** Opens a trace that comes with the page from the list of scenes, and stands still at its beginning. */
async function openTrace(page: Page, title: string): Promise<void> {
  await openPaused(page);
  await page.getByRole('combobox', { name: 'Scene' }).click();
  await page.getByRole('listbox').getByRole('option', { name: title }).click();
  await expect(page.getByRole('region', { name: 'Recorded kernel in A' })).toBeVisible();
  await isPlaying(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
}

const numbers = (page: Page, metric: string) =>
  page
    .getByTestId('numbers')
    .getByRole('row')
    .filter({ has: page.locator(`[data-metric="${metric}"]`) });

test('a real kernel plays beside a simulated one: its counts at the end, back in time, and by a link again', async ({
  page,
}) => {
  const said = complaints(page);
  await openTrace(page, 'Linux 6.1: dd into a full cache');
  await seek(page, 15.9);
  // What shared counts of the recording say: 89 direct reclaims, 47392 pages scanned, 2436 requests issued.
  await expect(numbers(page, 'direct_reclaims').getByRole('cell').first()).toHaveText('89');
  await page.locator('.lane[data-machine="A"] .kernel-name').click();
  const trace = page.getByTestId('trace-sums');
  await expect(trace).toContainText(/47.?392/);
  await expect(page.getByTestId('trace-script')).toContainText('89');
  expect(await violations(page)).toEqual([]);
  const end = await hashes(page);
  await seek(page, 7);
  const middle = await place(page);
  await seek(page, 15.9);
  expect(await hashes(page)).toEqual(end);
  await seek(page, 7);
  expect(await place(page)).toEqual(middle);

  const link = await page.evaluate(() => window.__reclaimscope?.link());
  await page.goto('about:blank');
  await openPaused(page, link);
  expect(await place(page)).toEqual(middle);
  expect(said).toEqual([]);
});

const SHRUNK =
  '   dd-162  [000] .....     1.000000: mm_vmscan_lru_shrink_inactive: nid=0 nr_scanned=64 nr_reclaimed=32 nr_dirty=0 priority=12 flags=RECLAIM_WB_FILE\n';
const textFile = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('a file that is no trace is one sentence and the run stays; the page on recording is clear; a workload is played; vmstat stands beside', async ({
  page,
}) => {
  await openTrace(page, 'Linux 6.1: page by page');
  const files = page.locator('input[type=file]').first();
  const before = await place(page);
  await files.setInputFiles(textFile('notes.txt', 'no trace at all\n'));
  await expect(page.locator('.notice')).toContainText('notes.txt');
  expect(await place(page)).toEqual(before);

  await page.getByRole('button', { name: 'Record your own' }).click();
  await expect(page.getByTestId('definition')).toContainText('mm_vmscan_lru_isolate');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await expect(page.getByRole('region', { name: 'Recorded kernel in A' })).toContainText('B is given its workload');
  await page.getByRole('button', { name: 'Run its workload in both' }).click();
  await expect(page.locator('.notice')).toContainText('accesses of pages are played');
  await isPlaying(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await expect(page.getByRole('region', { name: 'Recorded kernel in A' })).toHaveCount(0);

  await files.setInputFiles([
    textFile('two.txt', 'nr_free_pages 40\npgscan_direct 164\npgsteal_direct 40\n'),
    textFile('trace.txt', SHRUNK),
    textFile('notes.txt', 'no trace at all\n'),
    textFile('one.txt', 'nr_free_pages 50\npgscan_direct 100\npgsteal_direct 7\n'),
  ]);
  await expect(page.locator('.notice')).toContainText('no part of this trace: notes.txt');
  await page.getByRole('region', { name: 'Machine A' }).getByRole('button', { name: 'trace', exact: true }).click();
  const beside = page.getByTestId('trace-vmstat');
  await expect(beside.getByRole('row', { name: /^pgscan_direct 64 64 equal/ })).toBeVisible();
  await expect(beside.getByRole('row', { name: /^pgsteal_direct 32 33 differs/ })).toBeVisible();
});
