import type { Bytes } from '../../abi/units.ts';
import { forEachLine } from '../shared/text-lines.ts';

/** files.txt of a recording folder: `inode size path`, taken before and after the run. */
export interface FileList {
  readonly before: ReadonlyMap<number, ListedFile>;
  readonly after: ReadonlyMap<number, ListedFile>;
}
export interface ListedFile {
  readonly sizeBytes: Bytes;
  readonly path: string;
}

const AFTER_MARK = '# == after';

/** Lines of another shape are passed over: a directory listing is a help, never a condition. */
export function readFileList(bytes: Uint8Array): FileList {
  const before = new Map<number, ListedFile>();
  const after = new Map<number, ListedFile>();
  let section = before;
  forEachLine(bytes, (line) => {
    if (line.startsWith(AFTER_MARK)) section = after;
    const file = readListedFile(line);
    if (file) section.set(file.inode, { sizeBytes: file.sizeBytes, path: file.path });
  });
  return { before, after };
}

/** 1 where the first line that is no comment lists a file. */
export function sniffFileList(head: Uint8Array): number {
  let score: number | undefined;
  forEachLine(head, (line) => {
    if (score === undefined && line !== '' && !line.startsWith('#')) score = readListedFile(line) ? 1 : 0;
  });
  return score ?? 0;
}

/** `4728 50331648 /work/stream`; the path may hold blanks. */
function readListedFile(line: string): { inode: number; sizeBytes: Bytes; path: string } | undefined {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  if (first < 1 || line[second + 1] !== '/') return undefined;
  const inode = Number(line.slice(0, first));
  const sizeBytes = Number(line.slice(first + 1, second));
  if (!Number.isSafeInteger(inode) || !Number.isSafeInteger(sizeBytes) || inode < 0 || sizeBytes < 0) return undefined;
  return { inode, sizeBytes, path: line.slice(second + 1) };
}
