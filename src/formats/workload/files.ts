import type { RecordedFile } from '../../abi/recording.ts';
import type { Bytes } from '../../abi/units.ts';
import type { FileList } from './file-list.ts';

/** A file as the recording has left it so far. */
export interface LiveFile {
  /** Row in the recording's files. */
  readonly row: number;
  /** Present length; a lower bound where `knowsSize` is false. */
  sizeBytes: Bytes;
  readonly knowsSize: boolean;
  /** The name is gone; the pages go when the last descriptor is closed. */
  isUnlinked: boolean;
  /** Its page 0 has been in the page cache. */
  hasFirstPage: boolean;
}

/** Files of a recording are numbered with 16 bits. */
export const FILE_LIMIT = 65_535;

/** Files by inode number. A number given to a new file after an unlink gets a row of its own. */
export class RecordedFiles {
  readonly rows: { inode: number; path: string; sizeBytes: Bytes; reachBytes: Bytes }[] = [];
  private readonly live = new Map<number, LiveFile>();
  private readonly gone = new Set<number>();
  private readonly list: FileList | undefined;

  constructor(list: FileList | undefined) {
    this.list = list;
  }

  /** The file of this inode, if the recording has met it and it is still there. */
  find(inode: number): LiveFile | undefined {
    return this.live.get(inode);
  }

  /** As find(), or a new row. Made during the recording: what the list lacks; without a list, what is written first. */
  open(inode: number, isWritten: boolean): LiveFile {
    const known = this.live.get(inode);
    if (known) return known;
    const isNew = this.gone.has(inode);
    const listed = isNew ? undefined : this.list?.before.get(inode);
    const sizeBytes = listed?.sizeBytes ?? 0;
    const row = this.rows.push({ inode, path: listed?.path ?? '', sizeBytes, reachBytes: sizeBytes }) - 1;
    const knowsSize = this.list !== undefined || isNew || isWritten;
    const file: LiveFile = { row, sizeBytes, knowsSize, isUnlinked: false, hasFirstPage: false };
    this.live.set(inode, file);
    return file;
  }

  /** Bytes of a read that lie inside the file: a request may pass its end, and then touches less. */
  readable(file: LiveFile, pos: Bytes, length: Bytes): Bytes {
    if (file.knowsSize) return Math.max(0, Math.min(length, file.sizeBytes - pos));
    this.foundUpTo(file, pos + length);
    return length;
  }

  /** What was read or mapped without having been written was there at the start. */
  foundUpTo(file: LiveFile, endBytes: Bytes): void {
    if (endBytes <= file.sizeBytes) return;
    const row = this.rows[file.row]!;
    row.sizeBytes = Math.max(row.sizeBytes, endBytes);
    file.sizeBytes = endBytes;
  }

  writtenUpTo(file: LiveFile, endBytes: Bytes): void {
    file.sizeBytes = Math.max(file.sizeBytes, endBytes);
  }

  touches(file: LiveFile, endBytes: Bytes): void {
    const row = this.rows[file.row]!;
    row.reachBytes = Math.max(row.reachBytes, endBytes, row.sizeBytes);
  }

  remove(inode: number): void {
    this.live.delete(inode);
    this.gone.add(inode);
  }

  /** Inodes that were unlinked and whose pages nobody was seen to remove. */
  unlinkedInodes(): number[] {
    return [...this.live].filter(([, file]) => file.isUnlinked).map(([inode]) => inode);
  }

  /** Rows with their names: what the list knows, before the run or (for the last bearer of the number) after it. */
  finish(): RecordedFile[] {
    return this.rows.map((row, at) => {
      const isLast = this.live.get(row.inode)?.row === at;
      const after = isLast ? this.list?.after.get(row.inode)?.path : undefined;
      return { ...row, path: row.path || after || `inode ${row.inode}` };
    });
  }
}
