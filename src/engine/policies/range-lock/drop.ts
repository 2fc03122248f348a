import type { RangeLock } from '../../machine/policy/pageout-unit.ts';

/** The pinned inode keeps the mapping alive in its place; ->writepages takes all page locks in index order. */
export const drop = {
  id: 'drop',
  label: 'dropped',
  source: 'RFC 5/6 of 8 June 2010: igrab(), unlock_page(), do_writepages(), iput(); model.md P5.5',
  holdsPageLock: false,
} as const satisfies RangeLock;
