import { expect, type Page, test } from '@playwright/test';
import { clockSeconds, complaints, isIdle, openPaused, seek } from './screen.ts';

test.describe.configure({ timeout: 60_000 });
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

async function openDock(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByTestId('views').getByRole('radio', { name: title, exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: title })).toBeVisible();
}
const pasted = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test("the series' script; the event log: filters, words and trace, a row leads to its moment", async ({ page }) => {
  const said = complaints(page);
  await openPaused(page);
  await seek(page, 8);
  await test.step("the series' script over the whole run", async () => {
    await openDock(page, 'Script');
    await page.getByRole('button', { name: /^Read the trace up to 8/ }).click();
    await expect(page.getByTestId('script')).toContainText('Direct reclaims', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Copy A', exact: true }).click();
    await expect.poll(() => pasted(page)).toMatch(/^Reclaim latencies expressed as order-latency_in_ms/);
  });
  await openDock(page, 'Events');
  const rows = page.locator('.log-row');
  await expect(rows.first()).toBeVisible();
  await page.getByRole('button', { name: 'Events of B' }).click();
  await page.getByText('All kinds').first().click();
  await page.getByLabel('mm_vmscan_lru_isolate').check();
  await page.getByText('1 of', { exact: false }).first().click();
  await expect(rows.last()).toContainText('isolated 32 of');
  await expect(page.locator('.log-machine').filter({ hasText: 'B' })).toHaveCount(0);
  await page.getByRole('button', { name: 'As the kernel prints it' }).click();
  await page.getByLabel('Text in the event').fill('nr_taken=32');
  await expect(rows.last()).toContainText('mm_vmscan_lru_isolate: isolate_mode=0 order=0 nr_requested=32');
  const wanted = Number(await rows.first().locator('time').textContent());
  await rows.first().click();
  await isIdle(page);
  expect(await clockSeconds(page)).toBeCloseTo(wanted, 2);
  await expect(rows.filter({ hasText: wanted.toFixed(6) }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByLabel('Text in the event').fill('no such text');
  await expect(page.getByText('No event fits.')).toBeVisible();
  expect(said).toEqual([]);
});

test('numbers, stalls and counters after 16 s', async ({ page }) => {
  await openPaused(page);
  await seek(page, 16);
  await test.step('numbers: the definition of a seek moves seeks per MiB; tables and reply are copied', async () => {
    const perMib = page.getByTestId('numbers').getByRole('row', { name: /^Seeks per MiB/ });
    const before = await perMib.textContent();
    await page.getByLabel('Count seeks: any').check();
    await expect(perMib).not.toHaveText(before!);
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect.poll(() => pasted(page)).toContain('(seeks per MiB counted as: any)');
    const table = await pasted(page);
    expect(table).toMatch(/^Kswapd efficiency % +[\d.]+ +[\d.]+ +[+-][\d.]+ pts$/m);
    await page.getByRole('button', { name: 'Copy for mail' }).click();
    await expect.poll(() => pasted(page)).toContain('scene seeky-vs-range, seed 1, after 16.000 s');
    const reply = (await pasted(page)).trimEnd().split('\n');
    expect(reply.slice(0, -1).filter((line) => line.length > 72)).toEqual([]);
    expect(reply.at(-1)).toMatch(/^http.*#v1\./);
  });
  await test.step('counters: chosen by kernel names, as rates, in a table, with their definitions', async () => {
    await openDock(page, 'Counters');
    await page.getByLabel('pgscan_kswapd').check();
    const chart = page.getByRole('region', { name: 'pgscan_kswapd' });
    await expect(chart.locator('.counter-B')).toBeVisible();
    await page.getByRole('button', { name: 'Per second' }).click();
    await expect(chart.getByRole('button', { name: 'pgscan_kswapd /s' })).toBeVisible();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await expect(page.getByTestId('counter-table').getByRole('row')).toHaveCount(15);
    await page.getByTestId('counter-table').getByRole('button', { name: 'nr_dirty' }).click();
    await expect(page.getByTestId('definition')).toContainText('NR_FILE_DIRTY');
    await page.keyboard.press('Escape');
  });
  await test.step('stalls as a heat map: by pointer, by keys, in digits', async () => {
    await openDock(page, 'Stalls');
    const plot = page.getByRole('application', { name: 'Heat map of stalls' });
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('.heat-said')).toHaveText(/^A, 0\.\d\d to 1\.\d\d s, .* ms: none$/);
    const box = (await page.getByTestId('heat').boundingBox())!;
    await page.getByTestId('heat').click({ position: { x: 62 + (box.width - 64) * 0.1, y: 40 } });
    await isIdle(page);
    expect(Math.abs((await clockSeconds(page)) - 6)).toBeLessThan(1);
    await page.getByRole('button', { name: 'Digits', exact: true }).click();
    await expect(page.getByTestId('heat-digits')).toContainText(/\| *0*[1-9]/);
    const before = await page.getByTestId('heat-digits').textContent();
    await page.getByRole('button', { name: 'Copy digits' }).click();
    await expect.poll(() => pasted(page)).toBe(before);
    await page.getByRole('button', { name: 'direct reclaim', exact: true }).click();
    await expect(page.getByTestId('heat-digits')).toContainText('no stall');
  });
  await test.step('the request queue and physical memory: a number of each opens its definition, a page is found', async () => {
    await page.getByRole('button', { name: 'Views' }).click();
    for (const name of ['Request queue', 'Physical memory']) await page.getByRole('checkbox', { name }).check();
    await page.keyboard.press('Escape');
    const definition = page.getByTestId('definition');
    await page
      .getByRole('region', { name: 'Request queue of A' })
      .getByRole('button', { name: /^async \d/ })
      .click();
    await expect(definition).toContainText('get_request');
    await expect(definition).toContainText(/8:0: \d+/);
    await page.keyboard.press('Escape');
    const memory = page.getByRole('region', { name: 'Physical memory of B' });
    await memory.getByRole('button', { name: /^\d+ of 32$/ }).click();
    await expect(definition).toContainText(/\d+ of 32 pageblocks/);
    await page.keyboard.press('Escape');
    await page.getByTestId('pfn-B').hover({ position: { x: 200, y: 40 } });
    await expect(page.getByTestId('tooltip')).toContainText(/pfn 0x[0-9a-f]+/);
  });
});
