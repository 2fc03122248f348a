/** What the figures of a summary count, in words. */
export const DEFINITIONS = {
  sectors: '512-byte units, as printed (sector + count)',
  seek_issue_order_sectors:
    'consecutive block_rq_issue lines of the same device, in file order, zero-length requests (flushes) left out, requeued requests counted each time they are issued; abs_from_prev_end = sum |sector - (prev sector + prev count)|; abs_from_prev_start = sum |sector - prev sector|; sequential = pairs with gap 0; backward = pairs with sector < prev end. "writes"/"reads" look only at requests whose rwbs has W / R (each with its own previous request)',
  seek_insert_order_sectors:
    'the same over block_rq_insert lines: the order in which requests reached the I/O scheduler; the difference to the issue order is what the elevator (mq-deadline) sorted',
  write_sectors_distinct:
    'size of the union of the [sector, sector+count) ranges of requests whose rwbs contains W; reads likewise for R (and no W)',
  block_issue_to_complete:
    'issue and complete matched by (device, sector, count); a requeue cancels the pending issue; a re-issue of the same triple replaces it',
  field_sums:
    'plain sums over every line of the event, of the fields whose name starts with nr_ (and the counters of mm_shrink_slab_*)',
  'kswapd vs other': 'by task name kswapd<N>',
  reclaim_pairs: 'begin/end matched by pid',
  kswapd_awake:
    'from the first kswapd_wake to the next kswapd_sleep of the same pid; wakes while awake do not restart it',
  timestamps: 'microseconds as printed (seconds.microseconds); for a counter clock the raw number',
} as const;
