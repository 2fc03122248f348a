import { closeSync, fstatSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../abi/errors.ts';
import type { Scenario } from '../abi/scenario.ts';
import type { ExportCount, TraceWriter } from '../abi/trace-export.ts';
import { S } from '../abi/units.ts';
import { ScriptReader } from '../abi/vmscan-script.ts';
import { scriptText } from '../abi/vmscan-script-text.ts';
import { exportRunOf, writeRun } from '../engine/drain.ts';
import type { Engine } from '../engine/engine.ts';
import { createTraceWriter } from '../formats/export/registry.ts';
import type { Options } from './options.ts';

/** Runs a booted machine to the scenario's end and writes of it what the options ask for: a text while it runs, the script's at the end. */
export function runTraced(engine: Engine, scenario: Scenario, options: Options): Result<undefined> {
  const { trace, postprocess } = options;
  const untilNs = scenario.untilS * S;
  if (trace === undefined && postprocess === undefined) {
    engine.advance(untilNs);
    return ok(undefined);
  }
  const script = new ScriptReader();
  const run = (onChunk: (text: string) => void): ExportCount => {
    const writer = readAlong(createTraceWriter(options.traceFormat), script);
    const from = exportRunOf(engine, scenario, options.traceMachine);
    return writeRun(engine, from, untilNs, writer, onChunk, () => undefined);
  };
  if (trace === undefined) run(() => undefined);
  else {
    const written = toFile(trace, run);
    if (!written.ok) return written;
  }
  return postprocess === undefined
    ? ok(undefined)
    : attempt(postprocess, () => {
        writeFileSync(postprocess, scriptText(script.processes()));
        return undefined;
      });
}

/** The script sees what the writer sees. */
function readAlong(writer: TraceWriter, script: ScriptReader): TraceWriter {
  return {
    ...writer,
    event(event) {
      script.take(event);
      return writer.event(event);
    },
  };
}

function toFile(path: string, run: (onChunk: (text: string) => void) => ExportCount): Result<undefined> {
  const file = attempt(path, () => openSync(path, 'w'));
  if (!file.ok) return file;
  let failed: Result<unknown> = file;
  const { head } = run((text) => {
    if (failed.ok) failed = attempt(path, () => writeSync(file.value, text));
  });
  // What went down a pipe cannot be mended.
  if (failed.ok && head !== undefined && fstatSync(file.value).isFile()) writeSync(file.value, head, 0);
  closeSync(file.value);
  return failed.ok ? ok(undefined) : failed;
}

/** What the file system refuses is the user's to know. */
function attempt<T>(path: string, act: () => T): Result<T> {
  try {
    return ok(act());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    return err({ kind: 'bad-input', where: path, message: `cannot be written (${why})` });
  }
}
