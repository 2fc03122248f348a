import { expect, type Page } from '@playwright/test';
import type { Result } from '../src/abi/errors.ts';
import type { MachineId } from '../src/abi/scenario.ts';

/** What the page offers to tests (src/app/hooks.ts), as far as they use it. */
interface Hooks {
  kill(machine: MachineId): void;
  hashes(): Promise<Result<Record<MachineId, string>>>;
  seek(seconds: number): void;
  link(): Promise<string | undefined>;
  place(): { readonly atNs: number; readonly A: number; readonly B: number } | undefined;
}
declare global {
  interface Window {
    __reclaimscope?: Hooks;
    __answered?: Awaited<ReturnType<Hooks['hashes']>> | undefined;
  }
}

/** The application says when nothing moves any more; time is never waited for. */
export const isIdle = (page: Page) => expect(page.locator('main[data-status="idle"]')).toBeVisible({ timeout: 60_000 });
export const isPlaying = (page: Page) => expect(page.locator('main[data-status="playing"]')).toBeVisible();

/** Opens a place and stands still there. */
export async function openPaused(page: Page, address = './'): Promise<void> {
  await page.goto(address);
  await expect(page.locator('main:not([data-status="loading"])')).toBeVisible();
  if ((await page.locator('main').getAttribute('data-status')) === 'playing')
    await page.getByRole('button', { name: 'Pause' }).click();
  await isIdle(page);
}

export async function seek(page: Page, seconds: number): Promise<void> {
  await page.evaluate((to) => window.__reclaimscope?.seek(to), seconds);
  await isIdle(page);
}

export async function hashes(page: Page): Promise<Record<MachineId, string>> {
  // Not awaited there: the browser's debugger may lose the promise to the garbage collector before the workers answer.
  await page.evaluate(() => {
    window.__answered = undefined;
    void window.__reclaimscope?.hashes().then((answer) => {
      window.__answered = answer;
    });
  });
  const answered = await page.waitForFunction(() => window.__answered);
  const result = await answered.jsonValue();
  if (!result?.ok) throw new Error(`no hash: ${JSON.stringify(result)}`);
  return result.value;
}

export const place = (page: Page) => page.evaluate(() => window.__reclaimscope?.place());

export const clockSeconds = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('clock').textContent());

/** What the page complains about while a test runs. */
export function complaints(page: Page): string[] {
  const list: string[] = [];
  page.on('console', (message) => message.type() === 'error' && list.push(message.text()));
  page.on('pageerror', (error) => list.push(error.message));
  return list;
}
