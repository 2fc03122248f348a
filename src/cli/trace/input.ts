import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { err, type Result } from '../../abi/errors.ts';
import type { ReadTrace } from '../../abi/trace-table.ts';
import { createTraceReader } from '../../formats/trace/read.ts';
import type { CounterPair } from '../../traced/summary/counters-beside.ts';
import { type Counters, readCounters } from '../../traced/summary/vmstat.ts';

const CHUNK_BYTES = 1 << 20;

/** Reads the file chunk by chunk: its text is never in memory as a whole. */
export async function readTraceFile(path: string): Promise<Result<ReadTrace>> {
  if (path === '-') return readStream('standard input', process.stdin);
  if (!existsSync(path)) return err({ kind: 'bad-input', where: path, message: 'there is no such file' });
  return readStream(path, createReadStream(path, { highWaterMark: CHUNK_BYTES }));
}

async function readStream(name: string, stream: Readable): Promise<Result<ReadTrace>> {
  const reader = createTraceReader(name);
  try {
    for await (const chunk of stream) reader.push(chunk as Uint8Array);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    return err({ kind: 'bad-input', where: name, message: `it cannot be read (${why})` });
  }
  return reader.finish();
}

/** What the kernel counted before and after a trace, where that lies beside it. */
export const vmstatBeside = (path: string): CounterPair | undefined => beside(path, 'vmstat');
/** Of the one limited cgroup. */
export const memoryStatBeside = (path: string): CounterPair | undefined => beside(path, 'cgroup-memory.stat');

function beside(path: string, name: string): CounterPair | undefined {
  const files = ['before', 'after'].map((when) => join(dirname(path), `${name}-${when}.txt`));
  if (path === '-' || !files.every((file) => existsSync(file))) return undefined;
  const [before, after] = files.map((file) => readCounters(readFileSync(file, 'utf8'))) as [Counters, Counters];
  return { before, after };
}

/** `run`: the folder, where the path names one. */
export function placeOf(path: string): { readonly run?: string; readonly file: string } {
  const run = basename(dirname(path));
  return { ...(path === '-' || run === '.' || run === '' ? {} : { run }), file: path === '-' ? path : basename(path) };
}
