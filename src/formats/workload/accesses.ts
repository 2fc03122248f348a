import type { Recording } from '../../abi/recording.ts';
import { ACCESS } from '../../abi/recording.ts';
import type { Bytes } from '../../abi/units.ts';
import type { LiveFile, RecordedFiles } from './files.ts';
import type { EventRows } from './rows.ts';

export type Accesses = Omit<Recording, 'name' | 'dropped'>;

/** Columns as long as there can be accesses: at most one per event. */
export class AccessColumns {
  count = 0;
  readonly timeNs: Float64Array<ArrayBuffer>;
  readonly task: Uint16Array<ArrayBuffer>;
  readonly what: Uint8Array<ArrayBuffer>;
  readonly file: Uint16Array<ArrayBuffer>;
  readonly pos: Float64Array<ArrayBuffer>;
  readonly length: Float64Array<ArrayBuffer>;

  constructor(rows: number) {
    this.timeNs = new Float64Array(rows);
    this.task = new Uint16Array(rows);
    this.what = new Uint8Array(rows);
    this.file = new Uint16Array(rows);
    this.pos = new Float64Array(rows);
    this.length = new Float64Array(rows);
  }
}

/** What goes in (events), what is known of the files so far, and what comes out. */
export interface Merge {
  readonly rows: EventRows;
  readonly files: RecordedFiles;
  readonly out: AccessColumns;
}

/** An access by the task and at the time of event `row`. */
export function emit(
  { rows, files, out }: Merge,
  row: number,
  file: LiveFile,
  what: number,
  pos: Bytes = 0,
  length: Bytes = 0,
): void {
  const at = out.count++;
  files.touches(file, pos + length);
  out.timeNs[at] = rows.timeNs[row]!;
  out.task[at] = rows.task[row]!;
  out.what[at] = what;
  out.file[at] = file.row;
  out.pos[at] = pos;
  out.length[at] = length;
}

/** The file is gone: its number is free for another. */
export function unlink(merge: Merge, row: number, inode: number): void {
  emit(merge, row, merge.files.find(inode)!, ACCESS.UNLINK);
  merge.files.remove(inode);
}

/** The columns cut to their length, time counted from the first access. */
export function finishAccesses({ rows, files, out }: Merge): Accesses {
  const startNs = out.timeNs[0] ?? 0;
  return {
    tasks: rows.tasks,
    files: files.finish(),
    timeNs: out.timeNs.slice(0, out.count).map((ns) => ns - startNs),
    task: out.task.slice(0, out.count),
    what: out.what.slice(0, out.count),
    file: out.file.slice(0, out.count),
    pos: out.pos.slice(0, out.count),
    length: out.length.slice(0, out.count),
  };
}
