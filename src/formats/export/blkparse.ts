import type { TraceWriter } from '../../abi/trace-export.ts';
import { deviceNumber, type TracepointKey } from '../../abi/tracepoints.ts';
import { type Ns, S, SECTOR_BYTES } from '../../abi/units.ts';
import type { ScriptEvent } from '../../abi/vmscan-script.ts';
import { comm, rwbs } from './shared.ts';

/** A new request is queued, allocated and inserted at one instant; the bios that grow it later leave no line. */
const ACTIONS: Partial<Record<TracepointKey, readonly string[]>> = {
  blockRqInsert: ['Q', 'G', 'I'],
  blockRqIssue: ['D'],
  blockRqComplete: ['C'],
};
const KIB_BYTES = 1024;

interface Counted {
  requests: number;
  sectors: number;
}
type PerWay = readonly [reads: Counted, writes: Counted];
const perWay = (): PerWay => [
  { requests: 0, sectors: 0 },
  { requests: 0, sectors: 0 },
];

interface DiskCount {
  readonly queued: PerWay;
  readonly dispatched: PerWay;
  readonly completed: PerWay;
  lines: number;
}
const createDiskCount = (): DiskCount => ({ queued: perWay(), dispatched: perWay(), completed: perWay(), lines: 0 });

/** blkparse's default output, `%D %2c %8s %5T.%9t %5p %2a %3d` and what belongs to the action, disk after disk in its summary. */
export function createBlkparseWriter(): TraceWriter {
  let sequence = 0;
  let startNs: Ns | undefined;
  let disks: readonly DiskCount[] = [];
  const write = (event: ScriptEvent, action: string): string => {
    const [disk = 0, sector = 0, sectors = 0, way = 0] = event.args;
    startNs ??= event.timeNs;
    sequence++;
    disks[disk]!.lines++;
    const front = `${deviceNumber(disk, ',').padStart(5)} ${'0'.padStart(4)} ${String(sequence).padStart(8)}`;
    const who = `${secondsNanos(event.timeNs - startNs)} ${String(event.pid).padStart(5)} ${action.padStart(2)}`;
    const last = action === 'C' ? '0' : comm(event.task);
    return `${front} ${who} ${rwbs(way).padStart(3)} ${sector} + ${sectors} [${last}]\n`;
  };
  return {
    begin: (run) => {
      disks = Array.from({ length: run.disks }, createDiskCount);
      return '';
    },
    event(event) {
      const actions = ACTIONS[event.key];
      if (actions === undefined) return '';
      count(disks[event.args[0]!]!, event);
      return actions.map((action) => write(event, action)).join('');
    },
    sample: () => '',
    end: ({ atNs }) => disks.map((disk, at) => summary(disk, at, (atNs - (startNs ?? atNs)) / S)).join(''),
  };
}

function count(disk: DiskCount, { key, args }: ScriptEvent): void {
  const [, , sectors = 0, way = 0] = args;
  const where = key === 'blockRqInsert' ? disk.queued : key === 'blockRqIssue' ? disk.dispatched : disk.completed;
  const counted = where[way === 0 ? 0 : 1];
  counted.requests++;
  counted.sectors += sectors;
}

const kib = (sectors: number): number => (sectors * SECTOR_BYTES) / KIB_BYTES;

/** One CPU, so that its block is the total. Depth and unplugs are not counted in a stream of these events: no line of them. */
function summary({ queued, dispatched, completed, lines }: DiskCount, disk: number, seconds: number): string {
  const name = `sd${'abcd'[disk]}`;
  const cell = (label: string, width: number, { requests, sectors }: Counted) =>
    ` ${label.padEnd(width)}${String(requests).padStart(8)}, ${String(Math.floor(kib(sectors))).padStart(8)}KiB`;
  const row = (reads: string, writes: string, ways: PerWay) =>
    `${cell(reads, 17, ways[0])}\t${cell(writes, 18, ways[1])}`;
  const rate = (way: 0 | 1) => `${seconds > 0 ? Math.floor(kib(completed[way].sectors) / seconds) : 0}KiB/s`;
  return [
    `CPU0 (${name}):`,
    row('Reads Queued:', 'Writes Queued:', queued),
    row('Read Dispatches:', 'Write Dispatches:', dispatched),
    row('Reads Completed:', 'Writes Completed:', completed),
    '',
    `Throughput (R/W): ${rate(0)} / ${rate(1)}`,
    `Events (${name}): ${lines} entries`,
    'Skips: 0 forward (0 -   0.0%)',
    '',
  ].join('\n');
}

function secondsNanos(timeNs: Ns): string {
  const seconds = Math.floor(timeNs / S);
  return `${String(seconds).padStart(5)}.${String(Math.round(timeNs - seconds * S)).padStart(9, '0')}`;
}
