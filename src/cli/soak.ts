import { parseArgs } from 'node:util';
import type { CDPSession } from '@playwright/test';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { newDesk, playLink, type Shown, withBuiltPage } from './built-page.ts';

// npm run soak -- [--minutes N] [--from N]: the opening scene without its end, as fast as it can, for N minutes (30). Fails
// when the memory of the page and its two machines ends more than a tenth above what it was after `from` minutes (5).

const MIB = 2 ** 20;
/** A scene that does not end: starting one again would let go of all that a long run gathers. */
const ENDLESS = { ...seekyVsRange, id: 'soak', untilS: 1e6 };
const GROWTH_MOST = 1.1;

interface Target {
  readonly name: string;
  readonly session: string | undefined;
}

/** Live bytes after a full collection: the JavaScript heap, and the memory behind typed arrays. */
async function usedMib(root: CDPSession, { session }: Target): Promise<number> {
  const send = (method: string) => ask(root, session, method);
  await send('HeapProfiler.collectGarbage');
  const { usedSize = 0, backingStorageSize = 0 } = (await send('Runtime.getHeapUsage')) as Record<string, number>;
  return (usedSize + backingStorageSize) / MIB;
}

let asked = 0;
/** A command to the page itself or, wrapped, to one of its workers. */
function ask(root: CDPSession, session: string | undefined, method: string): Promise<unknown> {
  if (session === undefined) return root.send(method as 'Runtime.getHeapUsage');
  const id = ++asked;
  return new Promise((resolve) => {
    const hear = ({ sessionId, message }: { sessionId: string; message: string }) => {
      const answer = JSON.parse(message) as { id?: number; result?: unknown };
      if (sessionId !== session || answer.id !== id) return;
      root.off('Target.receivedMessageFromTarget', hear);
      resolve(answer.result);
    };
    root.on('Target.receivedMessageFromTarget', hear);
    void root.send('Target.sendMessageToTarget', { sessionId: session, message: JSON.stringify({ id, method }) });
  });
}

async function open({ browser, url }: Shown) {
  const page = await newDesk(browser);
  const root = await page.context().newCDPSession(page);
  const targets: Target[] = [{ name: 'page', session: undefined }];
  root.on('Target.attachedToTarget', ({ sessionId, targetInfo: { type, title } }) => {
    if (type === 'worker') targets.push({ name: title || 'machine', session: sessionId });
  });
  await root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await playLink(page, url, ENDLESS, { atNs: 0, speed: 0 });
  return { page, root, targets };
}

async function soak(shown: Shown, minutes: number, from: number): Promise<number> {
  const { page, root, targets } = await open(shown);
  let first = 0;
  let last = 0;
  for (let minute = 1; minute <= minutes; minute++) {
    await page.waitForTimeout(60_000);
    const used: string[] = [];
    last = 0;
    for (const target of targets) {
      const mib = await usedMib(root, target);
      last += mib;
      used.push(`${target.name} ${mib.toFixed(1)}`);
    }
    if (minute === from) first = last;
    const clock = await page.getByTestId('clock').textContent();
    process.stdout.write(`minute ${minute}, at ${clock?.trim()} s: ${last.toFixed(1)} MiB (${used.join(', ')})\n`);
    if ((await page.locator('main').getAttribute('data-status')) !== 'playing') {
      process.stdout.write(`${await page.getByTestId('error').textContent()}\n`);
      return 1;
    }
  }
  const growth = last / first;
  process.stdout.write(`after ${minutes} minutes ${growth.toFixed(3)} times what it was after ${from}\n`);
  return growth <= GROWTH_MOST ? 0 : 1;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '30' }, from: { type: 'string', default: '5' } },
  });
  return withBuiltPage(4176, (shown) => soak(shown, Number(values.minutes), Number(values.from)));
}

process.exitCode = await main();
