import { err, InvariantError, ok, type Result } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { RunResult } from '../abi/run-result.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { S } from '../abi/units.ts';
import { createChecker } from '../engine/checks.ts';
import { Engine } from '../engine/engine.ts';
import { runResultOf } from '../engine/run-result.ts';
import { mmtestsTable, resultsCsv, resultsJson } from '../formats/results.ts';
import { encodeScenario } from '../formats/scenario.ts';
import { SCENES } from '../scenarios/registry.ts';
import { refuse, say } from './answer.ts';
import { recordingOf, scenarioOf } from './input.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { asTable } from './output.ts';
import { runTraced } from './traced-run.ts';

function main(args: readonly string[]): number {
  const options = readOptions(args);
  if (!options.ok) return refuse(options.error);
  if (options.value.help) return say(USAGE);
  if (options.value.list) return say(listText(options.value.format));
  const scenario = scenarioOf(options.value);
  if (!scenario.ok) return refuse(scenario.error);
  if (options.value.print !== undefined) return say(encodeScenario(scenario.value).trimEnd());
  const recording = recordingOf(scenario.value, options.value);
  if (!recording.ok) return refuse(recording.error);
  return run(scenario.value, options.value, recording.value);
}

function run(scenario: Scenario, options: Options, recording: Recording | undefined): number {
  const runs: RunResult[] = [];
  for (const machine of ['A', 'B'] as const) {
    const result = runMachine(scenario, machine, options, recording);
    if (!result.ok) return refuse(result.error);
    runs.push(result.value);
  }
  if (options.format === 'json') return say(resultsJson(scenario, runs));
  if (options.format === 'csv') return say(resultsCsv(runs));
  if (options.format === 'mmtests') return say(mmtestsTable(runs));
  return say(
    asTable(
      scenario,
      runs,
      [scenario.note, ...droppedNotes(recording)].filter((note) => note !== ''),
    ),
  );
}

function runMachine(
  scenario: Scenario,
  machine: MachineId,
  options: Options,
  recording: Recording | undefined,
): Result<RunResult> {
  const booted = Engine.boot(scenario, machine, recording, false);
  if (!booted.ok) return booted;
  const engine = booted.value;
  const checker = createChecker();
  if (options.check) engine.checker = checker.check;
  try {
    if (machine === options.traceMachine) {
      const written = runTraced(engine, scenario, options);
      if (!written.ok) return written;
    } else engine.advance(scenario.untilS * S);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const message = cause instanceof InvariantError ? cause.message : `${cause.message} ${cause.stack}`;
    return err({ kind: 'engine-bug', message, atNs: engine.nowNs, seed: scenario.seed, hash: engine.hash() });
  }
  const result = runResultOf(engine, scenario, machine);
  if (!options.check) return ok(result);
  return ok({ ...result, metrics: { ...result.metrics, invariant_checks: checker.checksDone } });
}

function droppedNotes(recording: Recording | undefined): string[] {
  if (recording === undefined) return [];
  const { kernelThreadLines, metadataLines, unknownLines } = recording.dropped;
  return [
    `${recording.name}: ${recording.task.length} accesses; left out: ${kernelThreadLines} lines of kworker and jbd2, ${metadataLines} of metadata, ${unknownLines} not understood`,
  ];
}

function listText(format: Options['format']): string {
  const scenes = SCENES.map(({ id, title }) => ({ id, title }));
  const kernels = Engine.describe().kernels.map(({ id, title }) => ({ id, title }));
  if (format === 'json') return JSON.stringify({ scenes, kernels }, undefined, 2);
  const lines = (rows: readonly { id: string; title: string }[]) =>
    rows.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`);
  return ['scenes', ...lines(scenes), '', 'kernels', ...lines(kernels)].join('\n');
}

process.exitCode = main(process.argv.slice(2));
