import { type Figure, FULL, measure, passes } from './bench-goals.ts';

// npm run bench: ratios of one run, in CPU time of this process, since the machine it runs on is often shared.
// --json prints one object per line. Exit 1 when a figure misses its floor or ceiling.

function main(args: readonly string[]): number {
  const asJson = args.includes('--json');
  let missed = 0;
  if (!asJson) process.stdout.write(`${row(['goal', 'ours', 'peer', 'ratio', 'rounds', 'gate', ''])}\n`);
  for (const figure of measure(FULL)) {
    if (!passes(figure)) missed++;
    process.stdout.write(`${asJson ? JSON.stringify({ ...figure, ok: passes(figure) }) : row(cellsOf(figure))}\n`);
  }
  return missed === 0 ? 0 : 1;
}

function cellsOf(figure: Figure): string[] {
  const { goal, unit, ours, peer, ratio, rounds, floor, ceiling } = figure;
  const gate = floor !== undefined ? `≥ ${floor}` : ceiling !== undefined ? `≤ ${ceiling}` : '';
  const number = (value: number | undefined) => (value === undefined ? '' : value.toPrecision(3));
  return [
    `${goal} (${unit})`,
    number(ours),
    number(peer),
    number(ratio),
    String(rounds ?? ''),
    gate,
    gate === '' ? '' : passes(figure) ? 'ok' : 'MISSED',
  ];
}

const WIDTHS = [72, 9, 9, 9, 7, 8, 6] as const;
function row(cells: readonly string[]): string {
  return cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[at]!))).join(' ');
}

process.exitCode = main(process.argv.slice(2));
