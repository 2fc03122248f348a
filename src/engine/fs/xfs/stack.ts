import { callPath, SUBMIT_BIO_FRAMES } from '../../machine/call-path.ts';
import { assumed, measured } from '../../machine/kernel-function.ts';

// The trace that started the debate: a select() that was short of a page (history.md §3.1, stack-traces.json A).

const WRITEPAGE = measured('xfs_vm_writepage 64, xfs_page_state_convert 256');

/** Blocks are there: the pages go to the block layer. */
export const SUBMIT_FRAMES = [...WRITEPAGE, ...assumed('xfs_submit_ioend', 'xfs_submit_ioend_bio')];

/** A delayed extent becomes real; a block of the extent tree is split, and another read in for it. */
const ALLOCATE = measured(
  `xfs_map_blocks 32, xfs_iomap 208, xfs_iomap_write_allocate 256, xfs_bmapi 448, xfs_bmap_add_extent 208,
  xfs_bmap_add_extent_delay_real 352, xfs_btree_insert 128, xfs_btree_insrec 224, xfs_btree_make_block_unfull 96,
  xfs_btree_split 208, xfs_bmbt_alloc_block 160, xfs_alloc_vextent 96, xfs_alloc_ag_vextent 32,
  xfs_alloc_ag_vextent_near 144, xfs_alloc_fixup_trees 96, xfs_alloc_lookup_eq 16, xfs_btree_lookup 176,
  xfs_btree_lookup_get_block 80, xfs_btree_read_buf_block 80, xfs_trans_read_buf 80, xfs_buf_read 48,
  _xfs_buf_read 32, xfs_buf_iorequest 48, _xfs_buf_ioapply 96`,
);

/** Every allocation is taken to be as deep as the published one. */
export const allocate = callPath('xfs_iomap_write_allocate', [...WRITEPAGE, ...ALLOCATE, ...SUBMIT_BIO_FRAMES]);
