import type { TraceClock, TraceReading } from '../../abi/trace-table.ts';
import { LINE_CHARS } from '../shared/text-lines.ts';
import { TextClock } from './clock.ts';
import { TASK_LIMIT, type TraceColumns } from './columns.ts';
import { type Dialect, type EventFront, newEventFront } from './dialect.ts';
import { beginsInside, clockOf, otherKindOf, surestDialect } from './dialects.ts';
import { type NoteFacts, type NoteKind, readNote } from './notes.ts';
import { Shapes } from './shapes.ts';
import { runsTogether, WHY_NOT, type WhyNot } from './why-not.ts';

/** So many lines are looked at before it is said which dialect they are in. */
const HEAD_LINES = 100;
const EXAMPLES = 10;
const EXAMPLE_CHARS = 160;
const RAW_LINE = /^\d+ \d+ \d+ type: \d+$/;

type LineCounts = Record<NoteKind | 'event' | 'unparsed', number>;

/** Reads a text line by line into columns, and keeps account of every line. */
export class TraceLines {
  readonly unparsed: { line: number; text: string; why: string }[] = [];
  readonly lostExamples: string[] = [];
  readonly facts: NoteFacts = { entriesInBuffer: undefined, entriesWritten: undefined };
  readonly counts: LineCounts = {
    event: 0,
    unparsed: 0,
    header: 0,
    lost: 0,
    bufferStarted: 0,
    stack: 0,
    function: 0,
    footer: 0,
    empty: 0,
  };
  lines = 0;
  private readonly columns: TraceColumns;
  private readonly dialects = new Set<Dialect>();
  private readonly taskRows = new Map<string, number>();
  private readonly front: EventFront = newEventFront();
  private clock: TextClock | undefined;
  private head: { line: string; whyNot: WhyNot | undefined }[] | undefined = [];
  private dialect: Dialect | undefined;
  private shapes: Shapes | undefined;

  constructor(columns: TraceColumns) {
    this.columns = columns;
  }

  add(line: string, isCut: boolean): void {
    let whyNot: WhyNot | undefined;
    if (isCut) whyNot = line.length >= LINE_CHARS ? WHY_NOT.long : WHY_NOT.openEnd;
    if (!this.head) {
      this.take(line, whyNot);
      return;
    }
    this.head.push({ line, whyNot });
    if (this.head.length === HEAD_LINES) this.settle();
  }

  finish(): void {
    if (this.head) this.settle();
  }

  /** A line that is no line: the text breaks off here. */
  broken(why: string): void {
    this.lines++;
    this.leaveOut('', why);
  }

  get names(): readonly string[] {
    return [...this.dialects].map((dialect) => dialect.name);
  }

  get clockKind(): TraceClock {
    return this.clock?.kind ?? 'none';
  }
  get originNs(): bigint {
    return this.clock?.originNs ?? 0n;
  }
  get timesGoingBack(): number {
    return this.clock?.timesGoingBack ?? 0;
  }

  get format(): TraceReading['format'] {
    return this.dialect?.format ?? 'ftrace';
  }

  private settle(): void {
    const head = this.head!;
    this.head = undefined;
    const lines = head.map(({ line }) => line);
    const surest = surestDialect(lines)?.dialect;
    if (surest) this.speak(surest, lines);
    if (surest && head[0] && beginsInside(surest, lines)) head[0].whyNot = WHY_NOT.openStart;
    for (const { line, whyNot } of head) this.take(line, whyNot);
  }

  private speak(dialect: Dialect, lines: readonly string[]): void {
    this.clock ??= new TextClock(clockOf(dialect, lines));
    if (dialect.format !== this.dialect?.format) this.shapes = new Shapes(this.columns, dialect.format);
    this.dialect = dialect;
  }

  private take(line: string, whyNot: WhyNot | undefined): void {
    this.lines++;
    if (whyNot) this.takeCut(line, whyNot);
    else if (!this.dialect || !this.readIn(this.dialect, line)) this.takeOther(line);
  }

  /** What is left of an event may say another thing than the whole. */
  private takeCut(line: string, whyNot: WhyNot): void {
    if (!this.takeNote(line)) this.leaveOut(line, whyNot);
  }

  private takeNote(line: string): boolean {
    const note = readNote(line, this.columns, this.facts);
    if (!note) return false;
    if (runsTogether(line)) this.leaveOut(line, WHY_NOT.joined);
    else this.countNote(note, line);
    return true;
  }

  /** A line that the dialect of the lines before does not have. */
  private takeOther(line: string): void {
    if (this.takeNote(line)) return;
    const other = surestDialect([line])?.dialect;
    if (other && this.mayFollow(other)) {
      this.speak(other, [line]);
      this.readIn(other, line);
      return;
    }
    const kind = otherKindOf(line);
    if (kind) this.countNote(kind, line);
    else this.leaveOut(line, RAW_LINE.test(line) ? WHY_NOT.raw : WHY_NOT.unknown);
  }

  /** blkparse's text and the kernel's do not mix. */
  private mayFollow(other: Dialect): boolean {
    return this.dialects.size === 0 || other.format === this.format;
  }

  /** False: the dialect has no such line. */
  private readIn(dialect: Dialect, line: string): boolean {
    const { front } = this;
    front.source = line;
    const kind = dialect.read(line, front);
    if (kind === 'no') return false;
    if (kind !== 'event') this.countNote(kind, line);
    else {
      const whyNot = this.addEvent(dialect, line);
      if (whyNot !== undefined) this.leaveOut(line, whyNot);
    }
    return true;
  }

  /** Undefined: added. Else why not. */
  private addEvent(dialect: Dialect, line: string): WhyNot | undefined {
    const { front, columns } = this;
    const timeNs = this.clock!.sinceFirst(front);
    if (timeNs === undefined) return WHY_NOT.clock;
    if (columns.taskCount >= TASK_LIMIT) return WHY_NOT.tasks;
    const { source } = front;
    const flags = front.flagsEnd === front.flagsAt ? 0 : columns.textRow(line.slice(front.flagsAt, front.flagsEnd));
    columns.begin(this.lines, timeNs, this.taskRow(dialect, line), front.cpu, flags, 0);
    const name = source.slice(front.eventAt, front.eventEnd);
    const whyNot = this.shapes!.read(name, source, front.textAt, front.textEnd);
    if (whyNot) {
      columns.drop();
      return whyNot;
    }
    this.clock!.follow(timeNs);
    this.counts.event++;
    this.dialects.add(dialect);
    return undefined;
  }

  private taskRow(dialect: Dialect, line: string): number {
    const { front, columns } = this;
    const key = line.slice(front.taskAt, front.taskEnd);
    let row = this.taskRows.get(key);
    if (row === undefined || (front.tgid !== -1 && columns.needsTgid(row))) {
      row = columns.taskRow(line.slice(front.taskAt, front.nameEnd), front.pid, front.tgid);
      this.taskRows.set(Array.from(key).join(''), row);
    }
    if (dialect.taskName) columns.nameTask(row, dialect.taskName(line));
    return row;
  }

  private countNote(kind: NoteKind, line: string): void {
    this.counts[kind]++;
    if (kind === 'lost' && this.lostExamples.length < EXAMPLES) this.lostExamples.push(Array.from(line).join(''));
  }

  private leaveOut(line: string, why: string): void {
    this.counts.unparsed++;
    if (this.unparsed.length >= EXAMPLES) return;
    this.unparsed.push({ line: this.lines, text: Array.from(line.slice(0, EXAMPLE_CHARS)).join(''), why });
  }
}
