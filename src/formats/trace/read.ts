import { err, ok, type Result, type RunError } from '../../abi/errors.ts';
import type { ReadTrace, TraceReading } from '../../abi/trace-table.ts';
import type { Bytes } from '../../abi/units.ts';
import { GunzipPieces, isGzip } from '../shared/gzip.ts';
import type { NamedBytes } from '../shared/named-bytes.ts';
import { LineSplitter, looksBinary } from '../shared/text-lines.ts';
import { TraceColumns } from './columns.ts';
import { TraceLines } from './lines.ts';
import { WHY_NOT } from './why-not.ts';

/** Reads a trace as its bytes come in, plain or gzipped. */
export interface TraceReader {
  push(bytes: Uint8Array): void;
  /** Refused with one sentence: an empty or binary file, and one without any event. */
  finish(): Result<ReadTrace>;
}

/** Judged binary or not by so much. */
const HEAD_BYTES: Bytes = 4096;
const BINARY = 'a binary file, where the text of a kernel trace is needed';
/** What some shells on Windows make of a text that is redirected into a file. */
const WIDE = 'a text in UTF-16; save it as UTF-8';
const isWide = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
const CUT = 'the file is cut off or damaged inside its gzip compression, so what came after is missing';

export function createTraceReader(name: string): TraceReader {
  return new Reading(name);
}

/** A file that is there as a whole. */
export function readTrace(file: NamedBytes): Result<ReadTrace> {
  const reader = createTraceReader(file.name);
  reader.push(file.bytes);
  return reader.finish();
}

class Reading implements TraceReader {
  private readonly name: string;
  private readonly columns = new TraceColumns();
  private readonly lines = new TraceLines(this.columns);
  private readonly splitter = new LineSplitter((line, isCut) => this.lines.add(line, isCut));
  private textBytes: Bytes = 0;
  /** Held back until there is enough to tell what the file is. */
  private head: Uint8Array | undefined = new Uint8Array(0);
  private gunzip: GunzipPieces | undefined;
  private isBinary = false;
  private whyBinary = BINARY;

  constructor(name: string) {
    this.name = name;
  }

  push(bytes: Uint8Array): void {
    if (!this.head) this.pass(bytes);
    else {
      this.head = joined(this.head, bytes);
      if (this.head.length >= HEAD_BYTES) this.begin();
    }
  }

  finish(): Result<ReadTrace> {
    if (this.head?.length === 0) return this.refuse('the file is empty');
    this.begin();
    const isWhole = this.gunzip?.finish() ?? true;
    if (this.isBinary) return this.refuse(this.whyBinary);
    this.splitter.finish();
    this.lines.finish();
    if (!isWhole) this.lines.broken(CUT);
    if (this.columns.count === 0) return this.refuse(this.withoutEvent());
    return ok({
      table: this.columns.finish(this.lines.clockKind, this.lines.originNs),
      reading: this.reading(),
    });
  }

  private begin(): void {
    const { head } = this;
    if (!head) return;
    this.head = undefined;
    if (isGzip(head)) {
      let isFirst = true;
      this.gunzip = new GunzipPieces((piece) => {
        if (isFirst) this.judge(piece);
        isFirst = false;
        this.addText(piece);
      });
    } else this.judge(head);
    this.pass(head);
  }

  private judge(text: Uint8Array): void {
    this.isBinary = looksBinary(text.subarray(0, HEAD_BYTES));
    if (isWide(text)) this.whyBinary = WIDE;
  }

  private pass(bytes: Uint8Array): void {
    if (this.gunzip) this.gunzip.push(bytes);
    else this.addText(bytes);
  }

  private addText(bytes: Uint8Array): void {
    this.textBytes += bytes.length;
    if (!this.isBinary) this.splitter.push(bytes);
  }

  private withoutEvent(): string {
    const [first] = this.lines.unparsed;
    if (!first) return 'no line is an event';
    const text = first.text.length > 60 ? `${first.text.slice(0, 60)}…` : first.text;
    if (first.text === '') return first.why;
    const why = first.why === WHY_NOT.unknown ? first.why : `no event; ${first.why}`;
    return `line ${first.line}: '${text}' is ${why}`;
  }

  private refuse(message: string): Result<never> {
    const error: RunError = { kind: 'bad-input', where: this.name, message };
    return err(error);
  }

  private reading(): TraceReading {
    const { lines } = this;
    const { counts } = lines;
    return {
      name: this.name,
      format: lines.format,
      dialects: lines.names,
      bytes: this.textBytes,
      lines: lines.lines,
      headerLines: counts.header,
      eventLines: counts.event,
      unparsedLines: counts.unparsed,
      unparsed: lines.unparsed,
      lostLines: counts.lost,
      lostExamples: lines.lostExamples,
      bufferStartedLines: counts.bufferStarted,
      stackLines: counts.stack,
      functionLines: counts.function,
      footerLines: counts.footer,
      emptyLines: counts.empty,
      timesGoingBack: lines.timesGoingBack,
      entriesInBuffer: lines.facts.entriesInBuffer,
      entriesWritten: lines.facts.entriesWritten,
    };
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
