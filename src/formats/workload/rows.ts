import type { Bytes, Ns } from '../../abi/units.ts';

/** What a line of a recording says, before both texts are merged into accesses. */
export const EVENT = {
  READ: 0,
  WRITE: 1,
  FAULT: 2,
  FSYNC: 3,
  UNLINK: 4,
  TRUNCATE: 5,
  /** A page left the page cache: tells which truncates and unlinks took pages with them, and when. */
  REMOVE: 6,
  ADD: 7,
  DIRTY: 8,
} as const;

/** Tasks and files are 16-bit numbers in a recording. */
export const TASK_LIMIT = 65_535;
const FIRST_ROWS = 1 << 14;

/** Events of one or more texts, one row each, in columns that grow. `at` says when and who, `add` the rest. */
export class EventRows {
  readonly tasks: string[] = [];
  count = 0;
  timeNs = new Float64Array(FIRST_ROWS);
  task = new Uint16Array(FIRST_ROWS);
  event = new Uint8Array(FIRST_ROWS);
  inode = new Float64Array(FIRST_ROWS);
  pos = new Float64Array(FIRST_ROWS);
  length = new Float64Array(FIRST_ROWS);
  private readonly taskRows = new Map<string, number>();
  private nowNs: Ns = 0;
  private taskName = '';

  at(timeNs: Ns, task: string): void {
    this.nowNs = timeNs;
    this.taskName = task;
  }

  add(event: number, inode: number, pos: Bytes, length: Bytes): void {
    if (this.count === this.timeNs.length) this.grow();
    const row = this.count++;
    this.timeNs[row] = this.nowNs;
    this.task[row] = this.taskRow(this.taskName);
    this.event[row] = event;
    this.inode[row] = inode;
    this.pos[row] = pos;
    this.length[row] = length;
  }

  /** Rows in time order; equal times keep the order in which they were read. */
  inTimeOrder(): Uint32Array {
    const { timeNs } = this;
    return Uint32Array.from({ length: this.count }, (_, row) => row).sort((a, b) => timeNs[a]! - timeNs[b]! || a - b);
  }

  private taskRow(name: string): number {
    const known = this.taskRows.get(name);
    if (known !== undefined) return known;
    this.taskRows.set(name, this.tasks.length);
    return this.tasks.push(name) - 1;
  }

  private grow(): void {
    this.timeNs = doubled(this.timeNs, new Float64Array(this.count * 2));
    this.task = doubled(this.task, new Uint16Array(this.count * 2));
    this.event = doubled(this.event, new Uint8Array(this.count * 2));
    this.inode = doubled(this.inode, new Float64Array(this.count * 2));
    this.pos = doubled(this.pos, new Float64Array(this.count * 2));
    this.length = doubled(this.length, new Float64Array(this.count * 2));
  }
}

function doubled<T extends Float64Array | Uint16Array | Uint8Array>(column: T, wider: T): T {
  wider.set(column);
  return wider;
}
