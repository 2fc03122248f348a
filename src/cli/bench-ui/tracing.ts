import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { newDesk, type Shown } from '../built-page.ts';
import type { Figure } from './figure.ts';

const MB = 1e6;
const SAMPLE = new URL('../../../public/traces/stream-write.txt.gz', import.meta.url);
const LARGE_BYTES = 200 * MB;

/** A trace of 200 MB: the shipped one over and over, each time later than before. */
async function writeLarge(path: string): Promise<void> {
  const text = gunzipSync(readFileSync(SAMPLE)).toString();
  const lines = text.split('\n');
  const header = lines.filter((line) => line.startsWith('#'));
  const events = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const out = createWriteStream(path);
  out.write(`${header.join('\n')}\n`);
  for (let bytes = 0, round = 0; bytes < LARGE_BYTES; round++) {
    const later = events.map((line) =>
      line.replace(/ (\d+)(\.\d{6}: )/, (_, s: string, rest: string) => ` ${Number(s) + round * 16}${rest}`),
    );
    const piece = `${later.join('\n')}\n`;
    bytes += piece.length;
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** The most memory that any process of a kind has held since it began, MB. Linux only: elsewhere there is no such file. */
function peakMemoryMb(kind: string): number {
  let peakKb = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(`--type=${kind}`)) continue;
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0));
    } catch {
      // The process has ended meanwhile.
    }
  }
  return (peakKb * 1024) / MB;
}

/** A trace of 200 MB, from choosing its file to the first picture of it. */
export async function* tracing({ browser, url }: Shown): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'reclaimscope-'));
  try {
    const path = join(folder, 'large.txt');
    await writeLarge(path);
    const page = await newDesk(browser);
    await page.goto(url);
    await page.locator('main[data-status="playing"]').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const startMs = performance.now();
    await page.locator('input[type=file]').first().setInputFiles(path);
    await page.getByRole('region', { name: 'Recorded kernel in A' }).waitFor({ timeout: 300_000 });
    const tookS = (performance.now() - startMs) / 1000;
    yield { goal: 'a trace of 200 MB is read', unit: 'MB/s', ours: statSync(path).size / MB / tookS, floor: 20 };
    yield {
      goal: 'memory of the tab while it is read, at most',
      unit: 'MB',
      ours: peakMemoryMb('renderer'),
      ceiling: 1000,
    };
    await page.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
