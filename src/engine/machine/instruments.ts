import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from './kernel.ts';
import type { PageColumns } from './page-columns.ts';
import type { PageTable } from './page-table.ts';
import type { Task } from './task.ts';

/** Looks over the shoulder of whoever reclaims. */
export interface Watch {
  judging(k: Kernel, t: Task, pfn: Pfn): void;
  /** `verdict` is one of reclaim/judge.ts; the answer is what is carried out. */
  judged(k: Kernel, t: Task, pfn: Pfn, verdict: number, firstPass: boolean): number;
}

/** What a run in the lab is looked at with. It stands beside the record, and a machine on the screen has none of it. */
export interface Instruments {
  readonly watch?: Watch;
  /** A page table that tells of every change. */
  readonly pages?: (columns: PageColumns, k: Kernel) => PageTable;
}
