import { drawing } from './bench-ui/drawing.ts';
import { isMet } from './bench-ui/figure.ts';
import { loading } from './bench-ui/loading.ts';
import { seeking } from './bench-ui/seeking.ts';
import { tracing } from './bench-ui/tracing.ts';
import { withBuiltPage } from './built-page.ts';

// npm run bench:ui [-- loading | seeking | drawing | tracing]: what the page costs, in Chromium, as built. --json prints one object
// per line. Exit 1 when a figure misses its budget.

const PARTS = { loading, seeking, drawing, tracing };

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const wanted = args.filter((arg) => arg !== '--json');
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    process.stderr.write(`bench:ui: there is no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}.\n`);
    return 2;
  }
  let missed = 0;
  await withBuiltPage(4175, async (shown) => {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      for await (const figure of measure(shown)) {
        const { goal, unit, ours, floor, ceiling } = figure;
        if (!isMet(figure)) missed++;
        const budget = floor !== undefined ? `≥ ${floor}` : ceiling !== undefined ? `≤ ${ceiling}` : '';
        const verdict = budget === '' ? '' : isMet(figure) ? 'ok' : 'MISSED';
        const line = `${`${goal} (${unit})`.padEnd(84)} ${ours.toPrecision(3).padStart(9)} ${budget.padStart(8)} ${verdict}`;
        process.stdout.write(`${asJson ? JSON.stringify({ ...figure, ok: isMet(figure) }) : line.trimEnd()}\n`);
      }
    }
  });
  return missed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
