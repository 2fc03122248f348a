import { err, ok, type Result } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { Bytes } from '../abi/units.ts';
import { gunzip, isGzip, peek } from './shared/gzip.ts';
import type { NamedBytes } from './shared/named-bytes.ts';
import { looksBinary } from './shared/text-lines.ts';
import { AccessColumns, type Accesses, finishAccesses, type Merge } from './workload/accesses.ts';
import { mergeCalls } from './workload/calls.ts';
import { clockShiftNs, type RowRange, shiftClock } from './workload/clock.ts';
import { type FileList, readFileList, sniffFileList } from './workload/file-list.ts';
import { FILE_LIMIT, RecordedFiles } from './workload/files.ts';
import { type LineCounts, readEventLines } from './workload/lines.ts';
import { mergePageEvents } from './workload/page-events.ts';
import { EventRows, TASK_LIMIT } from './workload/rows.ts';

export type { NamedBytes };

const HEAD_BYTES: Bytes = 64 * 1024;
/** Of one text, unpacked. The largest recording at hand has 25 MB. */
const TEXT_LIMIT_BYTES: Bytes = 256 * 2 ** 20;

/** The events of one text: which rows are its, and what kinds they were. */
interface EventText extends RowRange {
  readonly name: string;
  readonly counts: LineCounts;
}

/**
 * A recorded workload (the files of its folder, or single ones of them) as a list of accesses.
 * Refused with one sentence: an empty, binary or too large file, one that is cut or damaged inside its compression,
 * two texts of the same kind, and a set without any event that parses. Other texts in a folder are passed over.
 */
export function readWorkload(inputs: readonly NamedBytes[]): Result<Recording> {
  const rows = new EventRows();
  const texts: EventText[] = [];
  let list: FileList | undefined;
  for (const input of inputs) {
    const text = plainText(input);
    if (!text.ok) return text;
    if (sniffFileList(text.value.subarray(0, HEAD_BYTES)) > 0) {
      list = readFileList(text.value);
      continue;
    }
    const from = rows.count;
    const counts = readEventLines(text.value, rows);
    if (counts.calls + counts.pages === 0) continue;
    texts.push({ name: input.name, from, to: rows.count, counts });
  }
  const refusal = refusalOf(inputs, texts, rows);
  if (refusal) return err({ kind: 'bad-input', ...refusal });
  alignClocks(rows, texts);
  const hasCalls = texts.some((text) => text.counts.calls > 0);
  const accesses = accessesOf(rows, hasCalls, list);
  if (accesses.files.length > FILE_LIMIT || accesses.what.length === 0) {
    const message = accesses.what.length === 0 ? 'holds no access to a file' : `touches more than ${FILE_LIMIT} files`;
    return err({ kind: 'bad-input', where: texts[0]!.name, message });
  }
  return ok({ name: recordingName(texts[0]!.name), ...accesses, dropped: droppedOf(texts) });
}

/** Share of the event lines in the head that are of a recorded workload. */
export function sniffWorkload(head: Uint8Array): number {
  if (looksBinary(head)) return 0;
  const counts = readEventLines(head, new EventRows());
  const known = counts.calls + counts.pages + counts.kernelThreadLines + counts.metadataLines;
  if (known > 0) return known / (known + counts.unknownLines);
  return sniffFileList(head) / 2; // a help, but no recording by itself
}

function plainText({ name, bytes }: NamedBytes): Result<Uint8Array> {
  const refuse = (message: string): Result<never> => err({ kind: 'bad-input', where: name, message });
  const limit = `larger than ${TEXT_LIMIT_BYTES / 2 ** 20} MiB`;
  if (bytes.length === 0) return refuse('the file is empty');
  if (bytes.length > TEXT_LIMIT_BYTES) return refuse(`the file is ${limit}`);
  const isPacked = isGzip(bytes);
  if (looksBinary(peek(bytes, HEAD_BYTES))) return refuse('a binary file, where the text of a kernel trace is needed');
  if (!isPacked) return ok(bytes);
  const inflated = gunzip(bytes, TEXT_LIMIT_BYTES);
  switch (inflated.state) {
    case 'cut':
      return refuse('the file is cut off or damaged inside its gzip compression');
    case 'too-big':
      return refuse(`the file is ${limit} when unpacked`);
    case 'whole':
      return inflated.bytes.length > 0 ? ok(inflated.bytes) : refuse('the file is empty');
  }
}

function refusalOf(inputs: readonly NamedBytes[], texts: readonly EventText[], rows: EventRows): Refusal | undefined {
  const where = inputs.map((input) => input.name).join(', ') || 'recording';
  if (texts.length === 0) return { where, message: 'no line is an event of a recorded workload' };
  for (const kind of ['calls', 'pages'] as const) {
    const [first, second] = texts.filter((text) => text.counts[kind] > 0);
    if (second)
      return { where: second.name, message: `holds events of the same kind as ${first!.name}; give one of them` };
  }
  if (rows.tasks.length >= TASK_LIMIT) return { where, message: `holds more than ${TASK_LIMIT - 1} tasks` };
  return undefined;
}
interface Refusal {
  readonly where: string;
  readonly message: string;
}

function accessesOf(rows: EventRows, hasCalls: boolean, list: FileList | undefined): Accesses {
  const merge: Merge = { rows, files: new RecordedFiles(list), out: new AccessColumns(rows.count) };
  const order = rows.inTimeOrder();
  if (hasCalls) mergeCalls(merge, order);
  else mergePageEvents(merge, order);
  return finishAccesses(merge);
}

/** Page events of a text of their own may be stamped by a clock that started elsewhere. */
function alignClocks(rows: EventRows, texts: readonly EventText[]): void {
  const calls = texts.find((text) => text.counts.calls > 0);
  const pages = texts.find((text) => text.counts.pages > 0);
  if (calls && pages && calls !== pages) shiftClock(rows, pages, clockShiftNs(rows, calls, pages));
}

function droppedOf(texts: readonly EventText[]): Recording['dropped'] {
  const sum = (key: keyof LineCounts): number => texts.reduce((total, text) => total + text.counts[key], 0);
  return {
    kernelThreadLines: sum('kernelThreadLines'),
    metadataLines: sum('metadataLines'),
    unknownLines: sum('unknownLines'),
  };
}

/** The folder's name where there is one, else the file's without its endings. */
function recordingName(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.at(-2) ?? (parts.at(-1) ?? 'recording').replace(/\.gz$/, '').replace(/\.txt$/, '');
}
