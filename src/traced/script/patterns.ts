import type { TraceShape } from '../../abi/trace-table.ts';

/** What the script of 6.12 expects of each event where it finds no format files; it does not look at what stands around it. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  mm_vmscan_direct_reclaim_begin: /order=\d* gfp_flags=/,
  mm_vmscan_kswapd_wake: /nid=\d* order=\d*/,
  mm_vmscan_wakeup_kswapd: /nid=\d* order=\d* gfp_flags=/,
  mm_vmscan_lru_isolate: /classzone=\d* order=\d* nr_requested=\d* nr_scanned=\d* nr_skipped=\d* nr_taken=\d* lru=/,
  mm_vmscan_lru_shrink_inactive:
    /nid=\d* nr_scanned=\d* nr_reclaimed=\d* nr_dirty=\d* nr_writeback=\d* nr_congested=\d* nr_immediate=\d* nr_activate_anon=\d* nr_activate_file=\d* nr_ref_keep=\d* nr_unmap_fail=\d* priority=\d* flags=/,
  mm_vmscan_writepage: /page=[0-9a-f]* pfn=\d* flags=/,
};

/** Whether the script can read the events of a shape; otherwise it warns at each of them and leaves its numbers out. */
export function scriptReads(shape: TraceShape): boolean {
  const pattern = PATTERNS[shape.event];
  if (pattern === undefined) return true;
  const sample = shape.literals.map((literal, at) => {
    const kind = shape.fields[at]?.kind;
    const value = kind === undefined ? '' : kind === 'text' ? 'A' : kind === 'hex' ? 'f' : '7';
    return literal + value;
  });
  return pattern.test(sample.join(''));
}
