/** Numbers of mm/vmscan.c and include/linux/swap.h (model.md §0.1). */
export const SWAP_CLUSTER_MAX = 32;
export const DEF_PRIORITY = 12;
/** Reclaimers nap between priorities below this one (R3.27, R3.30). */
export const NAP_BELOW_PRIORITY = 10;
/** Direct reclaim that has scanned more wakes the flushers: 1.5 × SWAP_CLUSTER_MAX (R3.27). */
export const WAKE_FLUSHER_AFTER = SWAP_CLUSTER_MAX + SWAP_CLUSTER_MAX / 2;
