import { type Bytes, PAGE_BYTES, S } from '../../abi/units.ts';
import { newLineFront, numberAfter, readLineFront } from '../shared/ftrace-line.ts';
import { forEachLine } from '../shared/text-lines.ts';
import { EVENT, type EventRows, TASK_LIMIT } from './rows.ts';

/** What one text of a recording held besides the rows it added. */
export interface LineCounts {
  /** Reads, writes and faults (trace-rw.txt). */
  calls: number;
  /** First adds and dirtyings (trace.txt). */
  pages: number;
  kernelThreadLines: number;
  metadataLines: number;
  unknownLines: number;
}

/** Linux numbers devices major * 2^20 + minor; a block device's own inode has its device number as inode number. */
const MINORS = 1 << 20;
/** No file of these systems is longer (ext4: 16 TiB), so no place beyond is a place. */
const FILE_BYTES_MAX: Bytes = 2 ** 44;
const ORDER_MAX = 10;
const KERNEL_THREADS = ['kworker/', 'jbd2/', 'flush-', 'kswapd'];

export const isKernelThread = (task: string): boolean => KERNEL_THREADS.some((name) => task.startsWith(name));

/** False also where a part was no number. */
const isPlace = (pos: Bytes): boolean => pos <= FILE_BYTES_MAX;

/** Reads the fields from `at` on and adds a row; says what the line was. */
type Reader = (line: string, at: number, rows: EventRows) => 'calls' | 'pages' | 'metadata' | 'nothing' | 'unknown';

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['filemap_read', callReader(EVENT.READ)],
  ['generic_perform_write', callReader(EVENT.WRITE)],
  ['filemap_fault', faultReader],
  ['filemap_map_pages', faultReader], // the start of a read fault: maps around `index` what is cached
  ['ext4_sync_file_enter', inodeReader(EVENT.FSYNC)],
  ['ext4_unlink_enter', inodeReader(EVENT.UNLINK)],
  ['ext4_truncate_enter', inodeReader(EVENT.TRUNCATE)],
  ['mm_filemap_delete_from_page_cache', cacheReader(EVENT.REMOVE)],
  ['mm_filemap_add_to_page_cache', cacheReader(EVENT.ADD)],
  ['writeback_dirty_folio', readDirty],
  ['writeback_dirty_page', readDirty], // its name before Linux 5.18
  ['writeback_single_inode', () => 'nothing'], // the flusher at work: the simulated kernel has its own
]);

/** `dev=0x800001 ino=4728 pos=0 count=65536`. A device without a major is no disk's: a block device node, tmpfs. */
function callReader(event: number): Reader {
  return (line, at, rows) => {
    const dev = numberAfter(line, ' dev=', at, 16);
    const inode = numberAfter(line, ' ino=', at);
    const pos = numberAfter(line, ' pos=', at);
    const length = numberAfter(line, ' count=', at);
    if (Number.isNaN(dev + inode) || !isPlace(pos + length)) return 'unknown';
    if (dev < MINORS) return 'metadata';
    rows.add(event, inode, pos, length);
    return 'calls';
  };
}

/**
 * `dev=0x800001 ino=1782 index=5849 flags=0xa54`; `start` and `end` instead of flags where pages are mapped around.
 * The write flag says nothing about the file: most write faults are on private mappings (every program start makes
 * some), which copy the page. A store into the file shows as its dirty line.
 */
function faultReader(line: string, at: number, rows: EventRows): ReturnType<Reader> {
  const dev = numberAfter(line, ' dev=', at, 16);
  const inode = numberAfter(line, ' ino=', at);
  const index = numberAfter(line, ' index=', at);
  if (Number.isNaN(dev + inode) || !isPlace(index * PAGE_BYTES)) return 'unknown';
  if (dev < MINORS) return 'metadata';
  rows.add(EVENT.FAULT, inode, index * PAGE_BYTES, PAGE_BYTES);
  return 'calls';
}

/** `dev 8,1 ino 4731 …`: inode in decimal, unlike the page cache's lines. By itself it makes no recording of calls. */
function inodeReader(event: number): Reader {
  return (line, at, rows) => {
    const major = numberAfter(line, ' dev ', at);
    const inode = numberAfter(line, ' ino ', at);
    if (Number.isNaN(major + inode)) return 'unknown';
    if (major === 0) return 'metadata';
    rows.add(event, inode, 0, 0);
    return 'nothing';
  };
}

/** `dev 8:1 ino 1277 pfn=0x105e3 ofs=2707456 order=0`: inode in hexadecimal, place in bytes. */
function cacheReader(event: number): Reader {
  return (line, at, rows) => {
    const major = numberAfter(line, ' dev ', at);
    const inode = numberAfter(line, ' ino ', at, 16);
    const pos = numberAfter(line, ' ofs=', at);
    const order = numberAfter(line, ' order=', at);
    if (Number.isNaN(major + inode) || !isPlace(pos) || order > ORDER_MAX) return 'unknown';
    if (major === 0) return event === EVENT.ADD ? 'metadata' : 'nothing'; // dev 0:3 ino 800001: ext4's metadata
    rows.add(event, inode, pos, PAGE_BYTES * 2 ** (Number.isNaN(order) ? 0 : order)); // no order before Linux 5.18
    return event === EVENT.ADD ? 'pages' : 'nothing';
  };
}

/** `bdi 8:0: ino=4728 index=660`: inode in decimal, place in pages, the whole disk instead of the partition. */
function readDirty(line: string, at: number, rows: EventRows): ReturnType<Reader> {
  const major = numberAfter(line, ' bdi ', at);
  const inode = numberAfter(line, ' ino=', at);
  const index = numberAfter(line, ' index=', at);
  if (Number.isNaN(major + inode) || !isPlace(index * PAGE_BYTES)) return 'unknown';
  if (Math.floor(inode / MINORS) === major) return 'metadata'; // ino=8388609 on 8:0
  rows.add(EVENT.DIRTY, inode, index * PAGE_BYTES, PAGE_BYTES);
  return 'pages';
}

/** Adds every line's event to `rows`. Lines of kernel threads and metadata are counted and left out. */
export function readEventLines(bytes: Uint8Array, rows: EventRows): LineCounts {
  const counts: LineCounts = { calls: 0, pages: 0, kernelThreadLines: 0, metadataLines: 0, unknownLines: 0 };
  const front = newLineFront();
  forEachLine(bytes, (line) => {
    if (line === '' || line.startsWith('#')) return;
    const isEvent = readLineFront(line, front) && front.clock === 'seconds'; // clocks that count tell no time
    const read = isEvent ? READERS.get(line.slice(front.eventAt, front.eventEnd)) : undefined;
    const task = line.slice(front.taskAt, front.taskEnd);
    if (read === undefined || rows.tasks.length >= TASK_LIMIT) counts.unknownLines++;
    else if (isKernelThread(task)) counts.kernelThreadLines++;
    else {
      rows.at(front.seconds * S + front.fractionNs, task);
      const was = read(line, front.eventEnd + 1, rows);
      if (was === 'calls' || was === 'pages') counts[was]++;
      else if (was === 'metadata') counts.metadataLines++;
      else if (was === 'unknown') counts.unknownLines++;
    }
  });
  return counts;
}
