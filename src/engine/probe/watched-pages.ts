import type { Pfn } from '../../abi/units.ts';
import type { PageColumns } from '../machine/page-columns.ts';
import { PageTable } from '../machine/page-table.ts';

/** A page table that tells of every change of a page's flags, owner or mapping, right after it. */
export class WatchedPages extends PageTable {
  private readonly changed: (pfn: Pfn) => void;

  constructor(columns: PageColumns, changed: (pfn: Pfn) => void) {
    super(columns);
    this.changed = changed;
  }

  protected override set(pfn: Pfn, mask: number): void {
    super.set(pfn, mask);
    this.changed(pfn);
  }
  protected override clear(pfn: Pfn, mask: number): void {
    super.clear(pfn, mask);
    this.changed(pfn);
  }
  override map(pfn: Pfn, writable: boolean, memcg = 0): void {
    super.map(pfn, writable, memcg);
    this.changed(pfn);
  }
  override unmap(pfn: Pfn): void {
    super.unmap(pfn);
    this.changed(pfn);
  }
  override reset(pfn: Pfn): void {
    super.reset(pfn);
    this.changed(pfn);
  }
  override copyRow(from: Pfn, to: Pfn): void {
    super.copyRow(from, to);
    this.changed(to);
  }
}
