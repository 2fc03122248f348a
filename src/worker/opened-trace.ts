import { err, ok, type Result } from '../abi/errors.ts';
import type { RecordingRef } from '../abi/scenario.ts';
import type { ReadTrace } from '../abi/trace-table.ts';
import { Fnv1a64 } from '../formats/shared/fnv.ts';
import { createTraceReader } from '../formats/trace/read.ts';

export interface OpenedTrace {
  readonly read: ReadTrace;
  readonly ref: RecordingRef;
}

/** Wall milliseconds of reading after which others may speak: the heartbeat is answered in between. */
const TURN_MS = 40;

/** Lets what has come in meanwhile be answered. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Reads a file piece by piece, and names it by its bytes as they lie on disk. `report` gets the share done. */
export async function openTrace(file: File, report: (done: number) => void): Promise<Result<OpenedTrace>> {
  const reader = createTraceReader(file.name);
  const hash = new Fnv1a64();
  const pieces = file.stream().getReader();
  let bytes = 0;
  let turnMs = performance.now();
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    reader.push(piece.value);
    hash.push(piece.value);
    bytes += piece.value.length;
    if (performance.now() - turnMs < TURN_MS) continue;
    report(bytes / file.size);
    await turn();
    turnMs = performance.now();
  }
  report(1);
  const read = reader.finish();
  return read.ok ? ok({ read: read.value, ref: { name: bareName(file.name), bytes, hash: hash.hex } }) : read;
}

/** Without what only says that it is a text, or packed. */
const bareName = (name: string): string => name.replace(/(\.txt)?(\.gz)?$/, '') || name;

/** Of several files the one that is a trace: of a folder with a trace and what was written beside it. */
export async function traceAmong(files: readonly File[], sniff: (head: Uint8Array) => number): Promise<Result<File>> {
  const [only, ...others] = files;
  if (!only) return err({ kind: 'bad-input', where: 'trace', message: 'there is no file' });
  if (others.length === 0) return ok(only);
  const scored: { file: File; score: number }[] = [];
  for (const file of files) scored.push({ file, score: sniff(await headOf(file)) });
  const [best] = scored.sort((a, b) => b.score - a.score || b.file.size - a.file.size);
  if (best && best.score > 0) return ok(best.file);
  const where = files.map(({ name }) => name).join(', ');
  return err({ kind: 'bad-input', where, message: 'none of the files is the text of a kernel trace' });
}

const HEAD_BYTES = 64 * 1024;
const headOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
