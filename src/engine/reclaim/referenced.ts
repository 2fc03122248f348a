import type { Pfn } from '../../abi/units.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';

/**
 * rmap.c page_referenced(): takes the young bit of the page's pte (R3.7). A group's reclaim neither counts nor takes that of a
 * task of another group, be it one below: a hot page that a second group uses goes by the first one's limit (R6.11).
 */
export function takeReferenced(k: Kernel, t: Task, pfn: Pfn): boolean {
  if (t.sc.memcg !== 0 && k.pages.isForeign(pfn)) return false;
  return k.pages.takeYoung(pfn);
}
