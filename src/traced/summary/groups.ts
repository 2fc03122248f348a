import { fieldOf, type TraceTable } from '../../abi/trace-table.ts';
import { type Exact, exactOf, plus } from './exact.ts';
import { type Counter, countAll, TraceRows } from './pass.ts';

/** Writeback of one cgroup, as far as events name it: by the inode number of its directory. */
interface GroupWriteback {
  readonly cgroupIno: string;
  readonly events: number;
  /** `wrote` of writeback_single_inode. */
  readonly pagesWritten: Exact;
}

/** Reclaim of memory cgroups by one task; no event says of which group. */
interface TaskReclaim {
  readonly task: string;
  readonly reclaims: number;
  readonly pagesReclaimed: Exact;
  readonly micros: number;
}

export interface Groups {
  readonly writeback: readonly GroupWriteback[];
  readonly reclaim: readonly TaskReclaim[];
}

type Changing<T> = { -readonly [key in keyof T]: T[key] };

export function groupsOf(table: TraceTable): Groups {
  const rows = new TraceRows(table);
  const writeback = new Map<string, Changing<GroupWriteback>>();
  const reclaim = new Map<string, Changing<TaskReclaim>>();
  countAll(table, [writebackCounter(rows, writeback), reclaimCounter(rows, reclaim)]);
  return { writeback: [...writeback.values()], reclaim: [...reclaim.values()] };
}

function writebackCounter(rows: TraceRows, groups: Map<string, Changing<GroupWriteback>>): Counter {
  return (shape) => {
    const [ino, wrote] = [fieldOf(shape, 'cgroup_ino'), fieldOf(shape, 'wrote')];
    if (ino < 0) return undefined;
    return (row) => {
      const cgroupIno = rows.text(row, ino);
      const group = groups.get(cgroupIno) ?? { cgroupIno, events: 0, pagesWritten: 0 };
      groups.set(cgroupIno, group);
      group.events++;
      if (shape.event === 'writeback_single_inode')
        group.pagesWritten = plus(group.pagesWritten, exactOf(rows.values, row, wrote));
    };
  };
}

function reclaimCounter(rows: TraceRows, tasks: Map<string, Changing<TaskReclaim>>): Counter {
  const began = new Map<number, number>();
  return (shape) => {
    if (!rows.knowsTasks) return undefined;
    if (shape.event === 'mm_vmscan_memcg_reclaim_begin') return (row) => began.set(rows.pid(row), rows.micros(row));
    if (shape.event !== 'mm_vmscan_memcg_reclaim_end') return undefined;
    const reclaimed = fieldOf(shape, 'nr_reclaimed');
    return (row) => {
      const from = began.get(rows.pid(row));
      if (from === undefined) return;
      began.delete(rows.pid(row));
      const task = rows.task(row);
      const total = tasks.get(task) ?? { task, reclaims: 0, pagesReclaimed: 0, micros: 0 };
      tasks.set(task, total);
      total.reclaims++;
      total.pagesReclaimed = plus(total.pagesReclaimed, exactOf(rows.values, row, reclaimed));
      total.micros += rows.micros(row) - from;
    };
  };
}
