import {
  TRACE_VALUE_BYTES,
  type TraceClock,
  type TraceField,
  type TraceGap,
  type TraceShape,
  type TraceTable,
  type TraceTask,
} from '../../abi/trace-table.ts';

const FIRST_ROWS = 4096;
const FIRST_VALUES = 32768;
/** More kinds of event than any kernel has: a text of garbage must not fill the memory with names. */
const SHAPE_LIMIT = 8192;
export const TASK_LIMIT = 1 << 20;

/** Fills the columns of a TraceTable, event by event; all columns grow by doubling. */
export class TraceColumns {
  count = 0;
  private timeNs = new Float64Array(FIRST_ROWS);
  private cpu = new Int16Array(FIRST_ROWS);
  private task = new Uint32Array(FIRST_ROWS);
  private shape = new Uint16Array(FIRST_ROWS);
  private at = new Uint32Array(FIRST_ROWS);
  private flags = new Uint32Array(FIRST_ROWS);
  private line = new Uint32Array(FIRST_ROWS);
  private valueCount = 0;
  private doubles = new Float64Array(FIRST_VALUES);
  private bits = new BigUint64Array(this.doubles.buffer);
  private halves = new Uint32Array(this.doubles.buffer);
  private readonly texts: string[] = [''];
  private readonly textRows = new Map<string, number>([['', 0]]);
  private readonly tasks: TraceTask[] = [];
  private readonly taskRows = new Map<string, number>();
  private readonly shapes: TraceShape[] = [];
  private readonly gaps: TraceGap[] = [];

  /** Row of a text; texts are kept once. */
  textRow(text: string): number {
    const known = this.textRows.get(text);
    if (known !== undefined) return known;
    const own = ownCopy(text);
    this.texts.push(own);
    this.textRows.set(own, this.texts.length - 1);
    return this.texts.length - 1;
  }

  textAt(row: number): string {
    return this.texts[row]!;
  }

  /** Row of a task: one per name and pid, its tgid the first that was known. */
  taskRow(name: string, pid: number, tgid = -1): number {
    const key = `${name}-${pid}`;
    const known = this.taskRows.get(key);
    if (known === undefined) {
      this.tasks.push({ name: ownCopy(name), pid, tgid });
      this.taskRows.set(ownCopy(key), this.tasks.length - 1);
      return this.tasks.length - 1;
    }
    if (tgid !== -1 && this.tasks[known]!.tgid === -1) this.tasks[known] = { name, pid, tgid };
    return known;
  }

  /** For texts that name a task only on some of its lines. */
  nameTask(row: number, name: string): void {
    if (this.tasks[row]!.name === '') this.tasks[row] = { ...this.tasks[row]!, name: ownCopy(name) };
  }

  needsTgid(row: number): boolean {
    return this.tasks[row]!.tgid === -1;
  }

  get taskCount(): number {
    return this.tasks.length;
  }

  /** Row of a new shape; whoever reads lines remembers it by what the line looks like. -1: there are SHAPE_LIMIT of them. */
  addShape(event: string, fields: readonly TraceField[], literals: readonly string[]): number {
    if (this.shapes.length >= SHAPE_LIMIT) return -1;
    this.shapes.push({ event, fields, literals });
    return this.shapes.length - 1;
  }

  /** Names of the events met so far, once per shape. */
  get eventNames(): readonly string[] {
    return this.shapes.map(({ event }) => event);
  }

  /** Begins a row; its values follow in the order of the shape's fields. */
  begin(line: number, timeNs: number, task: number, cpu: number, flags: number, shape: number): void {
    if (this.count === this.timeNs.length) this.growRows();
    const row = this.count++;
    this.timeNs[row] = timeNs;
    this.cpu[row] = cpu;
    this.task[row] = task;
    this.shape[row] = shape;
    this.flags[row] = flags;
    this.line[row] = line;
    this.at[row] = this.valueCount;
  }

  /** The row just begun is of another shape than was thought: its values are given again. */
  restart(shape: number): void {
    this.shape[this.count - 1] = shape;
    this.valueCount = this.at[this.count - 1]!;
  }

  /** The row just begun is no event at all. */
  drop(): void {
    this.count--;
    this.valueCount = this.at[this.count]!;
  }

  /** An 'int', or the row of a 'text'. */
  double(value: number): void {
    if (this.valueCount === this.doubles.length) this.growValues();
    this.doubles[this.valueCount++] = value;
  }

  /** A 'u64', 'i64' or 'hex'. */
  integer(value: bigint): void {
    if (this.valueCount === this.doubles.length) this.growValues();
    this.bits[this.valueCount++] = BigInt.asUintN(64, value);
  }

  /** The same from its two halves, which costs no bigint. */
  wide(high: number, low: number): void {
    if (this.valueCount === this.doubles.length) this.growValues();
    const at = 2 * this.valueCount++;
    this.halves[at] = low; // every machine that runs a browser stores the low half first
    this.halves[at + 1] = high;
  }

  gap(cpu: number, events: number | undefined): void {
    this.gaps.push({ beforeRow: this.count, cpu, events });
  }

  /** The columns, cut to what they hold. Times are as they were given: the caller has taken the origin off them. */
  finish(clock: TraceClock, originNs: bigint): TraceTable {
    const { count } = this;
    return {
      count,
      timeNs: this.timeNs.slice(0, count),
      cpu: this.cpu.slice(0, count),
      task: this.task.slice(0, count),
      shape: this.shape.slice(0, count),
      at: this.at.slice(0, count),
      flags: this.flags.slice(0, count),
      line: this.line.slice(0, count),
      values: this.doubles.buffer.slice(0, this.valueCount * TRACE_VALUE_BYTES),
      texts: this.texts,
      tasks: this.tasks,
      shapes: this.shapes,
      gaps: this.gaps,
      clock,
      originNs,
    };
  }

  private growRows(): void {
    const rows = this.count * 2;
    const grown = <T extends { set(from: T): void }>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.timeNs = grown(new Float64Array(rows), this.timeNs);
    this.cpu = grown(new Int16Array(rows), this.cpu);
    this.task = grown(new Uint32Array(rows), this.task);
    this.shape = grown(new Uint16Array(rows), this.shape);
    this.at = grown(new Uint32Array(rows), this.at);
    this.flags = grown(new Uint32Array(rows), this.flags);
    this.line = grown(new Uint32Array(rows), this.line);
  }

  private growValues(): void {
    const doubles = new Float64Array(this.valueCount * 2);
    doubles.set(this.doubles);
    this.doubles = doubles;
    this.bits = new BigUint64Array(doubles.buffer);
    this.halves = new Uint32Array(doubles.buffer);
  }
}

/** A piece of a line keeps the whole block of text alive that it was cut from; a copy does not. */
function ownCopy(piece: string): string {
  return Array.from(piece).join('');
}
