import type { Bytes, Ns } from './units.ts';

/**
 * A trace of a real kernel, event by event, as plain columns: what the readers of foreign texts fill and everything that shows,
 * sums up or plays a trace reads. Rows are in the order of the text.
 */
export interface TraceTable {
  readonly count: number;
  /** Since `originNs`; where the clock counts no time (uptime jiffies, events, cycles) the count itself. NaN: the text has no time. */
  readonly timeNs: Float64Array;
  /** -1: not printed. */
  readonly cpu: Int16Array;
  /** Row of `tasks`. */
  readonly task: Uint32Array;
  /** Row of `shapes`. */
  readonly shape: Uint16Array;
  /** First of the event's values in `values`, one per field of its shape. */
  readonly at: Uint32Array;
  /** The irq-info letters as printed, a row of `texts`; row 0 is the empty text. */
  readonly flags: Uint32Array;
  /** Line of the text, from 1. */
  readonly line: Uint32Array;
  /** 64 bits per value: a double for 'int' and 'text' (a row of `texts`), an integer for the other kinds. */
  readonly values: ArrayBuffer;
  readonly texts: readonly string[];
  readonly tasks: readonly TraceTask[];
  readonly shapes: readonly TraceShape[];
  readonly gaps: readonly TraceGap[];
  readonly clock: TraceClock;
  /** Time of the first event as printed, in ns (or counts): exact also where seconds of the epoch are printed. */
  readonly originNs: bigint;
}

/** 'none': the text has no time column, so its order is all there is. */
export type TraceClock = 'seconds' | 'count' | 'none';

export interface TraceTask {
  /** Empty: the text has no task column. `<...>`: the kernel had not recorded it. */
  readonly name: string;
  readonly pid: number;
  /** -1: not printed, or not known. */
  readonly tgid: number;
}

/**
 * What an event's text looks like: its fields, and the words between them. `literals` has one more entry than `fields`, so that
 * literal, value, literal, value … literal is the text after "event: ". One event may have several shapes: kernels word it
 * differently, and a number too wide for a double is another kind than one that fits.
 */
export interface TraceShape {
  /** The kernel's name of the tracepoint; what blkparse prints has the name of the tracepoint that blktrace hooks. */
  readonly event: string;
  readonly fields: readonly TraceField[];
  readonly literals: readonly string[];
}

/**
 * 'int': a decimal number that a double holds. 'u64', 'i64': a decimal number beyond 2^53. 'hex': printed in hexadecimal, with at
 * least `digits` digits. 'text': anything else.
 */
export type TraceKind = 'int' | 'u64' | 'i64' | 'hex' | 'text';
export interface TraceField {
  /** As printed before the value; where a kernel prints none (block events) the name of its struct: `sector`, `nr_sector`. */
  readonly name: string;
  readonly kind: TraceKind;
  /** Of 'hex': leading zeros are kept. */
  readonly digits: number;
}

/** Events that the kernel had no room for. */
export interface TraceGap {
  /** Rows before it; the gap lies before this row. */
  readonly beforeRow: number;
  /** -1: all. */
  readonly cpu: number;
  /** Undefined: the kernel did not say how many. */
  readonly events: number | undefined;
}

/** How the text was read, line by line: nothing is left out without being counted here. */
export interface TraceReading {
  readonly name: string;
  readonly format: 'ftrace' | 'blkparse';
  /** Shapes of line that were met, in words: `trace`, `trace-cmd report`, `perf script`, `latency-format`, … */
  readonly dialects: readonly string[];
  /** Of the text; of a gzipped file once it is unpacked. */
  readonly bytes: Bytes;
  readonly lines: number;
  readonly headerLines: number;
  readonly eventLines: number;
  readonly unparsedLines: number;
  /** The first ten of them. */
  readonly unparsed: readonly { readonly line: number; readonly text: string; readonly why: string }[];
  /** `[LOST n EVENTS]`, and the first of them as printed. */
  readonly lostLines: number;
  readonly lostExamples: readonly string[];
  /** `##### CPU n buffer started ####`. */
  readonly bufferStartedLines: number;
  /** Lines of other tracers and of blkparse's footer: understood, and no event. */
  readonly stackLines: number;
  readonly functionLines: number;
  readonly footerLines: number;
  readonly emptyLines: number;
  /** Times that an event is stamped earlier than the one before it. */
  readonly timesGoingBack: number;
  /** From the header, where there is one: `entries-in-buffer/entries-written`. */
  readonly entriesInBuffer: number | undefined;
  readonly entriesWritten: number | undefined;
}

export interface ReadTrace {
  readonly table: TraceTable;
  readonly reading: TraceReading;
}

export const TRACE_VALUE_BYTES: Bytes = 8;

/** Row of a field among its shape's fields; -1 where it has none of that name. */
export const fieldOf = (shape: TraceShape, name: string): number =>
  shape.fields.findIndex((field) => field.name === name);

/** Reads the values of a table. Made anew after the columns have moved. */
export class TraceValues {
  private readonly table: TraceTable;
  private readonly doubles: Float64Array;
  private readonly bits: BigUint64Array;

  constructor(table: TraceTable) {
    this.table = table;
    this.doubles = new Float64Array(table.values);
    this.bits = new BigUint64Array(table.values);
  }

  shape(row: number): TraceShape {
    return this.table.shapes[this.table.shape[row]!]!;
  }

  /** The number of an event's field, to the nearest double; NaN for a text, and where `field` is -1. */
  number(row: number, field: number): number {
    const kind = field < 0 ? 'text' : this.shape(row).fields[field]!.kind;
    const at = this.table.at[row]! + field;
    if (kind === 'text') return Number.NaN;
    return kind === 'int' ? this.doubles[at]! : Number(this.integer(row, field));
  }

  /** The same to the last digit. Throws for a text. */
  integer(row: number, field: number): bigint {
    const at = this.table.at[row]! + field;
    const { kind } = this.shape(row).fields[field]!;
    if (kind === 'int') return BigInt(this.doubles[at]!);
    return kind === 'i64' ? BigInt.asIntN(64, this.bits[at]!) : this.bits[at]!;
  }

  /** A field as it was printed. */
  text(row: number, field: number): string {
    const { kind, digits } = this.shape(row).fields[field]!;
    const at = this.table.at[row]! + field;
    switch (kind) {
      case 'text':
        return this.table.texts[this.doubles[at]!]!;
      case 'int':
        return String(this.doubles[at]!);
      case 'hex':
        return this.bits[at]!.toString(16).padStart(digits, '0');
      default:
        return String(this.integer(row, field));
    }
  }

  /** All that the kernel printed after "event: ". */
  eventText(row: number): string {
    const { literals, fields } = this.shape(row);
    let text = literals[0]!;
    for (let field = 0; field < fields.length; field++) text += this.text(row, field) + literals[field + 1]!;
    return text;
  }
}

/** Of a table's clock: microseconds as the kernel printed them, whatever it counted. */
export const printedTime = (table: TraceTable, row: number): bigint => {
  const since = table.timeNs[row]!;
  return Number.isNaN(since) ? 0n : table.originNs + BigInt(since);
};

/** Events of which nobody says when they happened are played so far apart: their order is all that is known. */
const ORDER_STEP_NS: Ns = 1e6;

/** A row's time in virtual nanoseconds of a replay; where the text has no seconds, by its place in the order. */
export const replayNs = (table: TraceTable, row: number): Ns =>
  table.clock === 'seconds' ? table.timeNs[row]! : row * ORDER_STEP_NS;
