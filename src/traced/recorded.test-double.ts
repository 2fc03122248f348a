import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describeError } from '../abi/errors.ts';
import type { ReadTrace } from '../abi/trace-table.ts';
import { readTrace } from '../formats/trace/read.ts';

const SRC = fileURLToPath(new URL('../', import.meta.url));
/** The full recordings lie beside the repository where there are any; the tests on them are left out elsewhere. */
export const FULL = `${SRC}../../shared/traces/`;

/** A recorded run: its text, and what others made of it. */
export interface RecordedRun {
  readonly name: string;
  readonly trace: string;
  readonly summary: string;
  readonly peer: string;
}

const SMALL = ['small-stream-write', 'small-random-write', 'small-memcg-v1', 'small-anon-swap'];
const shipped: readonly RecordedRun[] = SMALL.map((name) => ({
  name,
  trace: `${SRC}formats/trace/fixtures/${name}.txt.gz`,
  summary: `${SRC}traced/fixtures/${name}.summary.json.gz`,
  peer: `${SRC}traced/fixtures/${name}.peer-6.12-offline.txt.gz`,
}));

function inFull(): readonly RecordedRun[] {
  if (!existsSync(FULL)) return [];
  const runs = readdirSync(FULL).map((name) => ({
    name: `full ${name}`,
    trace: `${FULL}${name}/trace.txt`,
    summary: `${FULL}${name}/summary.json`,
    peer: `${FULL}${name}/peer-6.12-offline.txt`,
  }));
  return runs.filter(({ peer }) => existsSync(peer));
}

export const RUNS: readonly RecordedRun[] = [...shipped, ...inFull()];

export const bytesOf = (path: string): Uint8Array => {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};
export const textOf = (path: string): string => new TextDecoder().decode(bytesOf(path));

export function traceAt(path: string): ReadTrace {
  return read(basename(path), bytesOf(path));
}

/** A trace of these lines. */
export const traceOf = (...lines: readonly string[]): ReadTrace =>
  read('lines.txt', new TextEncoder().encode(`${lines.join('\n')}\n`));

function read(name: string, bytes: Uint8Array): ReadTrace {
  const result = readTrace({ name, bytes });
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value;
}
