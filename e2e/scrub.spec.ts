import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { Scenario } from '../src/abi/scenario.ts';
import { hashes, isIdle, openPaused, place, seek } from './screen.ts';

const track = (page: Page) => page.getByTestId('scrubber');
const says = (page: Page, text: string | RegExp) => expect(track(page)).toHaveAttribute('aria-valuetext', text);

async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = (await track(page).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, { steps: 3 });
  await page.mouse.up();
}

test('zoom, markers and views are set by hand and by key, and travel in the link', async ({ page, context }) => {
  await openPaused(page);
  await seek(page, 9);
  await page.keyboard.press('a');
  await seek(page, 6);
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: /^Markers a at .* remove them/ })).toContainText('Δ 3.0');

  await page.keyboard.down('Shift');
  await drag(page, 0.05, 0.25);
  await page.keyboard.up('Shift');
  await says(page, /zoomed to 3\.0\d\d to 1[45]\./);
  await page.keyboard.press('Escape');
  await expect(track(page)).not.toHaveAttribute('aria-valuetext', /zoomed/);
  await page.getByRole('button', { name: 'Zoom: drag' }).click();
  await says(page, /zoomed to [56]\.\d+ to [89]\./);

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('checkbox', { name: 'Tail of inactive file' }).uncheck();
  await page.getByRole('radio', { name: 'Events' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Events' })).toBeVisible();
  await expect(page.locator('.lens')).toHaveCount(0);
  await isIdle(page);

  const link = await page.evaluate(() => window.__reclaimscope?.link());
  const valuetext = await track(page).getAttribute('aria-valuetext');
  const other = await context.newPage();
  await other.goto(link!);
  await isIdle(other);
  await says(other, valuetext!);
  await expect(other.getByRole('region', { name: 'Events' })).toBeVisible();
  await expect(other.locator('.lens')).toHaveCount(0);
  await other.getByRole('button', { name: /^Markers a at/ }).click();
  await expect(track(other)).not.toHaveAttribute('aria-valuetext', /marker/);
});

test('a knob turned in the past is undone: the same hash as before it, and all that had been run', async ({ page }) => {
  await openPaused(page);
  await seek(page, 8);
  const straight = await hashes(page);
  await seek(page, 3);
  const before = await place(page);
  const knob = page.locator('[data-knob="vm.dirty_background_ratio"] input').first();
  await knob.fill('5');
  await knob.press('Enter');
  await expect(page.locator('.notice')).toContainText('Forgotten: 5.0 s of the run after 3.000 s.');
  await isIdle(page);
  // What had been computed after it is gone.
  await page.getByRole('button', { name: 'Live' }).click();
  await isIdle(page);
  expect((await place(page))!.atNs).toBe(3e9);
  await seek(page, 8);
  const forked = await hashes(page);
  expect(forked).not.toEqual(straight);
  await seek(page, 3);
  await page.getByRole('button', { name: 'Undo the turned knob' }).click();
  await isIdle(page);
  expect(await place(page)).toEqual(before);
  await expect(knob).toHaveValue('99');
  await page.getByRole('button', { name: 'Live' }).click();
  await isIdle(page);
  expect((await place(page))!.atNs).toBe(8e9);
  expect(await hashes(page)).toEqual(straight);
  await page.keyboard.press('Control+Shift+z');
  await isIdle(page);
  expect((await place(page))!.atNs).toBe(8e9);
  expect(await hashes(page)).toEqual(forked);
});

async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([as, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content!], as!));
      return data;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('.page', 'dragover', { dataTransfer: files });
  await expect(page.locator('.page')).toHaveAttribute('data-over', 'true');
  await page.dispatchEvent('.page', 'drop', { dataTransfer: files });
  await expect(page.locator('.page')).toHaveAttribute('data-over', 'false');
}

test('a run whose link is too long travels as a file, dropped on the page; another file is refused', async ({
  page,
}) => {
  await openPaused(page);
  await seek(page, 1);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Save JSON' }).click();
  const scenario = JSON.parse(await readFile(await (await saved).path(), 'utf8')) as Scenario;
  const inputs = Array.from({ length: 2500 }, (_, i) => ({
    atNs: 50e9 + i * 3_141_593,
    machine: 'both',
    path: 'vm.swappiness',
    value: (i * 7919) % 101,
  }));
  await page.keyboard.press('Escape');
  await drop(page, 'many.json', JSON.stringify({ ...scenario, inputs }));
  await says(page, /^1\.000 of 60 seconds, 2500 knobs/);
  await isIdle(page);
  await seek(page, 2);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('.notice')).toContainText('better saved as a file');
  const again = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  const text = await readFile(await (await again).path(), 'utf8');
  await seek(page, 0);
  await drop(page, 'seeky-vs-range.json', text);
  await says(page, /^2\.000 of 60 seconds, 2500 knobs/);
  await isIdle(page);
  await drop(page, 'notes.json', '{ "format": "reclaimscope-scenario", "version": 9 }');
  await expect(page.locator('.notice')).toContainText('notes.json: a scenario of version 9');
  expect((await place(page))!.atNs).toBe(2e9);
});
