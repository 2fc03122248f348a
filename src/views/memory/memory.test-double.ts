import type { MemoryFrame } from '../../abi/frame.ts';

/** A zone under reclaim, a third of it dirty. */
export const MEMORY: MemoryFrame = {
  pageBytes: 4096,
  totalPages: 1000,
  freePages: 20,
  watermarks: { min: 10, low: 13, high: 15 },
  dirtyPages: 300,
  writebackPages: 100,
  dirtyablePages: 800,
  backgroundThreshPages: 80,
  dirtyThreshPages: 160,
  anonPages: 0,
  filePages: 900,
  swapTotalPages: 0,
  swapFreePages: 0,
  priority: 10,
};
