import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '../abi/recording.ts';
import type { Scenario } from '../abi/scenario.ts';
import { Engine } from '../engine/engine.ts';
import { encodeScenario } from '../formats/scenario.ts';
import { BROKEN, DONE, refuse, say } from './answer.ts';
import { randomScenario } from './fuzz/generate.ts';
import { FUZZ_USAGE, type FuzzOptions, readFuzzOptions } from './fuzz/options.ts';
import { type Outcome, runChecked } from './fuzz/run.ts';
import { shrink } from './fuzz/shrink.ts';
import { recordingOf } from './input.ts';

/** No scenario does more events or takes longer than this; what is cut short has held so far. */
const EVENTS_MAX = 3_000_000;
const REAL_MS_MAX = 8000;

/** Random scenarios with all invariants on; those that break are made small and written out. */
function main(args: readonly string[]): number {
  const options = readFuzzOptions(args);
  if (!options.ok) return refuse(options.error);
  if (options.value.help) return say(FUZZ_USAGE);
  const recording = recordingOf({ id: 'recorded', workload: 'recorded' }, { workloads: [] });
  return recording.ok ? fuzz(options.value, recording.value) : refuse(recording.error);
}

function fuzz({ count, seed, seconds, out }: FuzzOptions, recording: Recording | undefined): number {
  const run = (scenario: Scenario) => runBounded(scenario, recording);
  const catalog = Engine.describe();
  const tally: Record<Outcome['kind'], number> = { done: 0, stopped: 0, 'cut short': 0, broken: 0 };
  for (let at = 0; at < count; at++) {
    const scenario = randomScenario(catalog, seed + at, seconds);
    const outcome = run(scenario);
    tally[outcome.kind]++;
    if (outcome.kind === 'broken') report(scenario, outcome, run, out ?? tmpdir());
    if ((at + 1) % 50 === 0) say(`${at + 1} of ${count}: ${tally.broken} broken, ${tally['cut short']} cut short`);
  }
  const passed = count - tally.broken;
  say(
    `${passed} of ${count} held (${tally.done} to the end, ${tally['cut short']} cut short by a bound, ${tally.stopped} where the simulated kernel came to its own end), ${tally.broken} broke`,
  );
  return tally.broken === 0 ? DONE : BROKEN;
}

function runBounded(scenario: Scenario, recording: Recording | undefined): Outcome {
  const startMs = performance.now();
  const isOver = () => performance.now() - startMs > REAL_MS_MAX;
  return runChecked(scenario, recording, { events: EVENTS_MAX, isOver });
}

function report(
  scenario: Scenario,
  outcome: Outcome & { kind: 'broken' },
  run: (candidate: Scenario) => Outcome,
  folder: string,
): void {
  const small = shrink(scenario, outcome, run);
  const path = join(folder, `${scenario.id}.json`);
  writeFileSync(path, encodeScenario(small));
  const knobs = Object.entries(small.knobs).map(([name, value]) => `${name}=${value}`);
  say(`seed ${scenario.seed} broke at ${outcome.atS} s: ${outcome.message}`);
  say(`  ${small.workload} on ${small.kernels.A}, ${[...knobs, `${small.inputs.length} inputs`].join(', ')}`);
  say(`  npm run -s sim -- ${path} --check`);
}

process.exitCode = main(process.argv.slice(2));
