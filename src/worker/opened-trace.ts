import { err, ok, type Result } from '../abi/errors.ts';
import type { RecordingRef } from '../abi/scenario.ts';
import type { ReadTrace } from '../abi/trace-table.ts';
import { Fnv1a64 } from '../formats/shared/fnv.ts';
import { peek } from '../formats/shared/gzip.ts';
import { sniffMemoryStat, sniffVmstat } from '../formats/trace/counters.ts';
import { createTraceReader } from '../formats/trace/read.ts';
import { sniffTrace } from '../formats/trace/sniff.ts';

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

/** A small text that was opened together with a trace. */
interface BesideText {
  readonly name: string;
  readonly text: string;
}

/** Files that were opened together, each by its content. */
export interface SortedFiles {
  readonly trace: File;
  /** Texts of /proc/vmstat. */
  readonly vmstat: readonly BesideText[];
  /** Texts of a cgroup's memory.stat. */
  readonly memoryStat: readonly BesideText[];
  /** Names of what is none of these, and of traces beside the one. */
  readonly aside: readonly string[];
}

/** Of several files the one that is a trace, and what the kernel counted meanwhile. One file alone is for the reader to judge. */
export async function traceAmong(files: readonly File[]): Promise<Result<SortedFiles>> {
  const [only, ...others] = files;
  if (!only) return err({ kind: 'bad-input', where: 'trace', message: 'there is no file' });
  if (others.length === 0) return ok({ trace: only, vmstat: [], memoryStat: [], aside: [] });
  const looked = await Promise.all(files.map(lookAt));
  const [best] = looked.toSorted((a, b) => b.asTrace - a.asTrace || b.file.size - a.file.size);
  if (!best || best.asTrace === 0) {
    const where = files.map(({ name }) => name).join(', ');
    return err({ kind: 'bad-input', where, message: 'none of the files is the text of a kernel trace' });
  }
  const beside = looked.filter((one) => one !== best);
  const textsOf = (kind: Counters) =>
    beside.filter(({ counters }) => counters === kind).map(({ file: { name }, text }) => ({ name, text }));
  return ok({
    trace: best.file,
    vmstat: textsOf('vmstat'),
    memoryStat: textsOf('memory.stat'),
    aside: beside.filter(({ counters }) => counters === undefined).map(({ file }) => file.name),
  });
}

type Counters = 'vmstat' | 'memory.stat';

/** Unpacked, the head of a file is enough to tell what it is; texts of counters are a tenth of it. */
const HEAD_BYTES = 64 * 1024;
/** A line that is no counter now and then is one of a kernel to come. */
const MOSTLY = 0.9;

async function lookAt(file: File) {
  const packed = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const head = peek(packed, HEAD_BYTES);
  const isWhole = head.length < HEAD_BYTES;
  const counters: Counters | undefined =
    isWhole && sniffVmstat(head) > MOSTLY
      ? 'vmstat'
      : isWhole && sniffMemoryStat(head) > MOSTLY
        ? 'memory.stat'
        : undefined;
  const text = counters === undefined ? '' : new TextDecoder().decode(head);
  return { file, counters, text, asTrace: counters === undefined ? sniffTrace(head) : 0 };
}
