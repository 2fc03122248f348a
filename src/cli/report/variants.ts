import type { KnobValues } from '../../abi/knob.ts';
import { METRICS } from '../../abi/metrics.ts';
import type { Scenario, ScenarioVariant } from '../../abi/scenario.ts';
import { runToEnd } from './simulate.ts';

/** One way to run a scene, and what it came to; a text where the run ended by itself. */
export interface Variant {
  readonly label: string;
  readonly kernel: string;
  readonly metrics: Readonly<Record<string, number>> | string;
}

/** The scene's variants, or its two machines if it names none, each run to the end. */
export function runVariants(scene: Scenario, seconds: number | undefined): readonly Variant[] {
  const { kernels, knobsOf } = scene;
  const machines: readonly ScenarioVariant[] = [
    { label: 'A', kernel: kernels.A, knobs: knobsOf.A },
    { label: 'B', kernel: kernels.B, knobs: knobsOf.B },
  ];
  const run = (label: string, kernel: string, knobs: KnobValues): Variant => {
    const untilS = seconds ?? scene.untilS;
    const alone = { ...scene, untilS, kernels: { A: kernel, B: kernel }, knobsOf: { A: {}, B: {} } };
    return { label, kernel, metrics: runToEnd({ ...alone, knobs: { ...scene.knobs, ...knobs } }) };
  };
  return (scene.variants ?? machines).flatMap(({ label, kernel, knobs }) =>
    (kernel === undefined ? [...new Set([kernels.A, kernels.B])] : [kernel]).map((id) => run(label, id, knobs)),
  );
}

/** Metrics as rows, variants as columns; what is 0 in all of them is left out. */
export function variantsText(scene: Scenario, variants: readonly Variant[], format: 'table' | 'md'): string {
  const values = (name: string) =>
    variants.map(({ metrics }) => (typeof metrics === 'string' ? undefined : metrics[name]));
  const named = METRICS.map(({ name }) => name as string);
  const groups = variants.flatMap(({ metrics }) => (typeof metrics === 'string' ? [] : Object.keys(metrics)));
  const names = [...named, ...new Set(groups.filter((name) => name.startsWith('memcg.')))];
  const shown = names.filter((name) => values(name).some((value) => value !== undefined && value !== 0));
  const rows = [
    ['', ...variants.map(({ label }) => label)],
    ['kernel', ...variants.map(({ kernel }) => kernel)],
    ...shown.map((name) => [name, ...values(name).map(numberText)]),
  ];
  const ended = variants.flatMap(({ label, metrics }) => (typeof metrics === 'string' ? [`${label}: ${metrics}`] : []));
  const head = [`${scene.title} (${scene.id})`, ...ended];
  if (format === 'md') {
    const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
    return [...head, '', line(rows[0]!), line(rows[0]!.map(() => '---')), ...rows.slice(1).map(line)].join('\n');
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const text = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return [...head, '', ...rows.map(text)].join('\n');
}

function numberText(value: number | undefined): string {
  if (value === undefined) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
