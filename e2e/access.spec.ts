import { expect, type Page, test } from '@playwright/test';
import { blemishes, smallTargets, violations } from './eyes.ts';
import { isIdle, openPaused, seek } from './screen.ts';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const ROOM = { width: 1920, height: 1080 };
const FRAME = { width: 640, height: 360 };

/** Looks at the page as it is, and once more in the other theme. */
async function inBothThemes(page: Page, name: string, look: () => Promise<void>): Promise<void> {
  for (const turn of ['first', 'second']) {
    const theme = await page.locator('html').getAttribute('data-theme');
    await test.step(`${name}, ${theme}, ${turn}`, look);
    if (await page.getByRole('dialog').count()) return;
    await page.keyboard.press('t');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', theme!);
  }
}

/** The option with the longest words of a menu. */
async function pickLongest(page: Page, menu: string): Promise<void> {
  await page.getByRole('combobox', { name: menu, exact: true }).click();
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toBeVisible();
  // Its title: what stands below it in small letters is seen in the menu alone.
  const lengths = await options.evaluateAll((all) => all.map((one) => one.firstElementChild?.textContent?.length ?? 0));
  await options.nth(lengths.indexOf(Math.max(...lengths))).click();
}

test('every layout in both themes, with the longest names: nothing small, cut, covered or in violation', async ({
  page,
}) => {
  await openPaused(page);
  const watch = await page.locator('.rail-left .watch').textContent();
  await pickLongest(page, 'Scene');
  await expect(page.locator('.rail-left .watch')).not.toHaveText(watch!);
  await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
  await pickLongest(page, 'Kernel of A');
  await isIdle(page);
  await pickLongest(page, 'Kernel of B');
  await isIdle(page);
  await seek(page, 3);
  const look = async (leastPx: number) => {
    expect.soft(await blemishes(page, leastPx)).toEqual([]);
    expect.soft(await violations(page)).toEqual([]);
    // One sentence on every first screen says what to watch.
    await expect.soft(page.locator('.watch, .embed-watch').filter({ visible: true })).toHaveText(/\w+ .*\.$/);
  };
  await inBothThemes(page, 'desk', () => look(12));
  await page.setViewportSize(PHONE);
  await inBothThemes(page, 'phone', () => look(13));
  await page.setViewportSize(ROOM);
  await page.keyboard.press('Shift+P');
  await inBothThemes(page, 'presenter', () => look(12));
  await page.keyboard.press('Shift+P');
  const link = await page.evaluate(() => window.__reclaimscope?.link());
  await page.setViewportSize(FRAME);
  await page.goto('about:blank');
  await openPaused(page, link!.replace('#', '?embed#'));
  await inBothThemes(page, 'embed', () => look(12));
});

test('whatever can be opened at a desk has no violation', async ({ page }) => {
  await page.setViewportSize(DESK);
  await openPaused(page);
  await seek(page, 12);
  await page.getByRole('region', { name: 'Page', exact: true }).getByRole('spinbutton').fill('9997');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'What if…' }).click();
  const tabs = page.getByRole('toolbar', { name: 'Views of both machines' }).getByRole('button');
  for (let at = 0; at < (await tabs.count()); at++) {
    await tabs.nth(at).click();
    const title = (await tabs.nth(at).textContent())!;
    await expect(page.getByRole('region', { name: title, exact: true }).locator('.dock-body')).not.toContainText(
      /Loading|running it again/,
    );
    expect.soft([title, ...(await blemishes(page, 12))]).toEqual([title]);
    await inBothThemes(page, title, async () => expect.soft(await violations(page, '.dock')).toEqual([]));
  }
  const opened = async (what: string, dialog = '[role=dialog]') => {
    await test.step(what, async () => {
      await expect(page.locator(dialog)).toBeVisible();
      expect.soft(await violations(page, dialog)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.locator(dialog)).toHaveCount(0);
    });
  };
  await page.getByTestId('numbers').locator('button.metric').first().click();
  await opened('a definition');
  await page.getByRole('button', { name: 'past', exact: false }).last().click();
  await expect(page.getByTestId('definition')).toContainText('checkpoints');
  await opened('the key to the time line');
  await page.keyboard.press('?');
  await opened('the keys');
  await page.getByRole('button', { name: 'Views' }).click();
  await opened('the list of views', '[data-testid=views]');
});

test('every number in the table and every knob says what it is and where that is from', async ({ page }) => {
  await openPaused(page);
  await seek(page, 12);
  const dialog = page.getByTestId('definition');
  const numbers = page.getByTestId('numbers').locator('button.metric');
  const count = await numbers.count();
  expect(count).toBeGreaterThan(10);
  for (let i = 0; i < count; i++) {
    const name = await numbers.nth(i).getAttribute('data-metric');
    await numbers.nth(i).click();
    await expect(dialog).toContainText(name!);
    expect((await dialog.locator('p').first().textContent())!.length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  const knobs = page.locator('.knob-name');
  expect(await knobs.count()).toBeGreaterThan(5);
  for (let i = 0; i < (await knobs.count()); i += 4) {
    await knobs.nth(i).click();
    await expect(dialog).toContainText('Source');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});

test('a phone shows one machine, and swaps it; each of its sheets fits and is made for thumbs', async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, colorScheme: 'light' });
  const page = await context.newPage();
  await openPaused(page);
  await seek(page, 12);
  await expect(page.getByLabel('Machine A', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Machine B', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: /swap/ }).click();
  await expect(page.getByLabel('Machine B', { exact: true })).toBeVisible();
  const look = async (name: string) => {
    await test.step(name, async () => {
      expect.soft(await blemishes(page, 13)).toEqual([]);
      expect.soft(await smallTargets(page, 44)).toEqual([]);
      expect.soft(await violations(page)).toEqual([]);
    });
  };
  await look('Machine');
  for (const name of ['Numbers', 'Page', 'Knobs']) {
    await page.getByRole('button', { name, exact: true }).click();
    await look(name);
  }
  const sheet = page.getByRole('separator', { name: 'Height of the sheet' });
  await test.step('the sheet has three heights, by hand and by keys', async () => {
    const rail = page.locator('.rail-left');
    const half = (await rail.boundingBox())!.height;
    await sheet.focus();
    await page.keyboard.press('ArrowUp');
    expect((await rail.boundingBox())!.height).toBeGreaterThan(1.5 * half);
    await expect(page.locator('.lanes')).toBeHidden();
    const grip = (await sheet.boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 200, { steps: 4 });
    await expect(page.locator('.lanes')).toBeVisible();
    await page.mouse.up();
    await expect(sheet).toHaveAttribute('aria-valuetext', 'half the screen');
    expect((await rail.boundingBox())!.height).toBe(half);
    await page.keyboard.press('ArrowDown');
    await expect(rail).toBeHidden();
    await sheet.click({ position: { x: grip.width / 2, y: 8 } });
    await expect(page.locator('.rail-right')).toBeVisible();
  });
  await test.step('a turned knob is undone beside the time line', async () => {
    await page.getByRole('button', { name: 'Knobs', exact: true }).click();
    const knob = page.locator('[data-knob="vm.swappiness"] input');
    await knob.fill('30');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Undo the turned knob' }).click();
    await isIdle(page);
    await expect(knob).toHaveValue('60');
    await expect(page.getByRole('button', { name: 'Turn the knob again' })).toBeVisible();
  });
  await page.getByRole('button', { name: 'More', exact: true }).click();
  const tabs = page.getByRole('toolbar', { name: 'Views of both machines' }).getByRole('button');
  for (let at = 0; at < (await tabs.count()); at++) {
    await tabs.nth(at).click();
    await look((await tabs.nth(at).textContent())!);
  }
  await context.close();
});

test('forced colours: what is chosen, focused and drawn stays to be seen', async ({ browser }) => {
  const context = await browser.newContext({ viewport: DESK, forcedColors: 'active', colorScheme: 'dark' });
  const page = await context.newPage();
  await openPaused(page);
  await seek(page, 12);
  expect.soft(await violations(page)).toEqual([]);
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.cssText = 'forced-color-adjust: none; color: Highlight; background: Canvas';
    const { color, backgroundColor } = getComputedStyle(probe);
    probe.remove();
    return { highlight: color, canvas: backgroundColor };
  });
  const styleOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, borderTopStyle, borderTopWidth, outlineColor, outlineStyle } =
          getComputedStyle(element);
        return {
          ground: backgroundColor,
          border: `${borderTopWidth} ${borderTopStyle}`,
          outline: `${outlineStyle} ${outlineColor}`,
        };
      });
  for (const control of ['.play', '.icon', '.quiet', '.boxed', '.pick', '.knob-box', '.order-toggle button'])
    expect.soft([control, (await styleOf(control)).border]).toEqual([control, '1px solid']);
  expect((await styleOf('.order-toggle [aria-pressed="true"]')).ground).toBe(system.highlight);
  for (const state of ['clean', 'dirty', 'writeback'])
    expect((await styleOf(`.swatch-${state}`)).ground).not.toBe(system.canvas);
  for (const focused of ['.play', '.scrubber-track', '.knob-name', '.knob-box', '.metric']) {
    await page.locator(focused).first().focus();
    await page.keyboard.press('Shift'); // from here on focus is the keyboard's
    expect
      .soft([focused, (await styleOf(`${focused}:focus-visible`)).outline])
      .toEqual([focused, `solid ${system.highlight}`]);
  }
  await context.close();
});
